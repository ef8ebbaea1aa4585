using System.CommandLine;
using ExportFunctions.Exports.OwnOnly;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Http;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command <c>export</c>: one export from request to file, on a host of its own or on a running one.</summary>
/// <param name="app">Starts the app.</param>
/// <param name="console">Shows progress.</param>
internal sealed class ExportCommand(AppStart app, IAnsiConsole console)
{
    private readonly Option<string> _output = new("--output")
    {
        Description = "The file or folder to write to, or - for standard "
        + "output. [default: <dataset>.<xlsx|csv|jsonl|pdf, with .gz when compressed> in the current folder]"
    };

    private readonly RequestOptions _request = new();

    private readonly Option<string> _url =
        AppAddress.Option("A running app to ask, such as http://localhost:7071; without it one is hosted for this export.");

    private readonly Option<string> _key = new("--key") { Description = "The function key of that app." };

    private readonly Option<bool> _json =
        new("--json") { Description = "Show the export as JSON at the end; how it goes is said on standard error." };

    public Command Build()
    {
        var command = new Command("export", "Export a dataset to a file, and wait for it.") { _output, _url, _key, _json };
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
            var progress = IsSilent(parsed) ? ErrorConsole(parsed) : console;
            if (parsed.GetValue(_url) is { } url)
                await RunOnAsync(new Uri(url), parsed.GetValue(_key), arguments, parsed, progress, cancellationToken);
            else
                await RunHereAsync(arguments, parsed, progress, cancellationToken);

            return ExitCode.Succeeded;
        }
        catch (CommandFailedException exception)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>Whether standard output is needed for something other than progress.</summary>
    private bool IsSilent(ParseResult parsed) => parsed.GetValue(_json) || OutputTarget.IsStandard(parsed.GetValue(_output));

    private static IAnsiConsole ErrorConsole(ParseResult parsed) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(parsed.InvocationConfiguration.Error) });

    private async Task RunHereAsync(
        ExportArguments arguments, ParseResult parsed, IAnsiConsole progress, CancellationToken cancellationToken)
    {
        await using var running = await app.With(progress).RunAsync(
            options => options with
            {
                Port = 0,
                // Run this export and nothing else: an app running on the same storage keeps its messages, its timers and its
                // notifications.
                Serves = function => function is HttpFunction,
                AddServices = (services, configuration) => services.AddExportFunctions(configuration).RunOwnExportsOnly(),
                AddLogging = logging => logging.AddWarnings(progress),
            },
            cancellationToken);
        await RunOnAsync(running.Host.Url, app.Settings[FunctionKey.Setting], arguments, parsed, progress, cancellationToken);
    }

    private async Task RunOnAsync(
        Uri url, string? key, ExportArguments arguments, ParseResult parsed, IAnsiConsole progress, CancellationToken cancellationToken)
    {
        var api = new ApiClient(url, key);
        using var client = new ExportClient(api);
        var id = await new ExportRun(client, progress, TimeProvider.System).RunAsync(arguments, cancellationToken);
        if (parsed.GetValue(_json) && !OutputTarget.IsStandard(arguments.Output))
            new Answers(console, isJson: true).Show(
                (await api.ReadAsync(HttpMethod.Get, $"api/v1/exports/{id}", cancellationToken)).Answer);
    }
}
