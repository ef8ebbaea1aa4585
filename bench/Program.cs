using ExportFunctions.Bench.CommandLine;
using Spectre.Console;

// A pipe has no width of its own, and 80 columns break the tables.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
return await BenchCommands.RunAsync(args);
