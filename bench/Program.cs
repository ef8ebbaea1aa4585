using ExportFunctions.Bench.CommandLine;

return await BenchCommands.RunAsync(args);
