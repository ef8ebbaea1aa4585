using System.CommandLine;
using System.Text.Json.Nodes;
using ExportFunctions.Local.Http;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The common parts of commands that call a running app: its address, its key, and how its responses are shown.</summary>
/// <param name="setting">Looks up a setting, such as the function key.</param>
/// <param name="console">Shows the responses.</param>
internal sealed class ApiCommands(Func<string, string?> setting, IAnsiConsole console)
{
    private const string DefaultUrl = "http://localhost:7071";

    private readonly Option<string> _url = AppAddress.Option($"The running app. [default: {DefaultUrl}]");

    private readonly Option<string> _key =
        new("--key") { Description = $"The function key of that app. [default: the setting {FunctionKey.Setting}]" };

    private readonly Option<bool> _json = new("--json") { Description = "Show the app's answer as JSON." };

    /// <summary>Adds the options to a command and its subcommands.</summary>
    public Command AddTo(Command command)
    {
        foreach (var option in new Option[] { _url, _key, _json })
        {
            option.Recursive = true;
            command.Add(option);
        }

        return command;
    }

    /// <summary>Sets the action of a command.</summary>
    public Command On(Command command, Func<ApiCall, Task> work)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var api = new ApiClient(
                    new Uri(parsed.GetValue(_url) ?? DefaultUrl), parsed.GetValue(_key) ?? setting(FunctionKey.Setting));
                await work(new ApiCall(api, parsed, new Answers(console, parsed.GetValue(_json)), console, cancellationToken));
                return ExitCode.Succeeded;
            }
            catch (CommandFailedException exception)
            {
                var error = parsed.InvocationConfiguration.Error;
                await error.WriteLineAsync(exception.Message);
                if (exception.InnerException is HttpRequestException && parsed.GetValue(_url) is null)
                    await error.WriteLineAsync("Start it with: dotnet run --project local");
                return ExitCode.Failed;
            }
        });
        return command;
    }
}

/// <summary>One invocation of a command.</summary>
/// <param name="Api">Calls the app.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Answers">Shows the responses.</param>
/// <param name="Console">Shows progress.</param>
/// <param name="CancellationToken">Ctrl+C.</param>
internal sealed record ApiCall(
    ApiClient Api, ParseResult Parsed, Answers Answers, IAnsiConsole Console, CancellationToken CancellationToken)
{
    /// <summary>Reads a record or another response.</summary>
    public async Task<JsonNode> GetAsync(string path) => (await Api.ReadAsync(HttpMethod.Get, path, CancellationToken)).Answer;

    /// <summary>Requests an action.</summary>
    public async Task<JsonNode> PostAsync(string path, JsonObject? body = null) =>
        (await Api.ReadAsync(HttpMethod.Post, path, CancellationToken, body)).Answer;

    /// <summary>Removes a record.</summary>
    public async Task DeleteAsync(string path) => (await Api.SendAsync(HttpMethod.Delete, path, body: null, CancellationToken)).Dispose();

    /// <summary>A path with a query from the options that were given.</summary>
    public string Query(string path, params (string Name, Option<string> Option)[] options)
    {
        var given = options.Where(option => Parsed.GetValue(option.Option) is { Length: > 0 })
            .Select(option => $"{option.Name}={Uri.EscapeDataString(Parsed.GetValue(option.Option)!)}").ToList();
        return given.Count == 0 ? path : $"{path}?{string.Join('&', given)}";
    }

    /// <summary>An argument as a path segment.</summary>
    public string Part(Argument<string> argument) => Uri.EscapeDataString(Parsed.GetRequiredValue(argument));
}
