using System.CommandLine;
using ExportFunctions.Exports.OwnOnly;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Http;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command <c>export</c>: one export from request to file, on a host of its own or on one that runs.</summary>
/// <param name="app">Starts the app.</param>
/// <param name="console">Says how it goes.</param>
internal sealed class ExportCommand(AppStart app, IAnsiConsole console)
{
    private readonly Option<string> _output = new("--output") { Description = "The file or folder to write to. [default: <dataset>.<xlsx|csv|jsonl|pdf, with .gz when compressed> in the current folder]" };

    private readonly RequestOptions _request = new();

    private readonly Option<string> _url = AppAddress.Option("A running app to ask, such as http://localhost:7071; without it one is hosted for this export.");

    private readonly Option<string> _key = new("--key") { Description = "The function key of that app." };

    public Command Build()
    {
        var command = new Command("export", "Export a dataset to a file, and wait for it.") { _output, _url, _key };
        _request.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    internal ExportArguments Read(ParseResult parsed) => _request.Read(parsed) with { Output = parsed.GetValue(_output) };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var arguments = Read(parsed);
            arguments.CheckOutput();
            if (parsed.GetValue(_url) is { } url)
                await RunOnAsync(new Uri(url), parsed.GetValue(_key), arguments, cancellationToken);
            else
                await RunHereAsync(arguments, cancellationToken);

            return ExitCode.Succeeded;
        }
        catch (CommandFailedException exception)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }

    private async Task RunHereAsync(ExportArguments arguments, CancellationToken cancellationToken)
    {
        await using var running = await app.RunAsync(
            options => options with
            {
                Port = 0,
                // This export and nothing else: an app that runs beside on the same storage keeps its messages, its timers and what it has
                // to tell.
                Serves = function => function is HttpFunction,
                AddServices = (services, configuration) => services.AddExportFunctions(configuration).RunOwnExportsOnly(),
                AddLogging = logging => logging.AddWarnings(console),
            },
            cancellationToken);
        await RunOnAsync(running.Host.Url, app.Settings[FunctionKey.Setting], arguments, cancellationToken);
    }

    private async Task RunOnAsync(Uri url, string? key, ExportArguments arguments, CancellationToken cancellationToken)
    {
        using var client = new ExportClient(url, key);
        await new ExportRun(client, console, TimeProvider.System).RunAsync(arguments, cancellationToken);
    }
}
