using ExportFunctions.Local.CommandLine;
using Spectre.Console;

using var signals = new StopSignals();
return await Commands.RunAsync(args, AnsiConsole.Console, Console.Error, signals.Token);
