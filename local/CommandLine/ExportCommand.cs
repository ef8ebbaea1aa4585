using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Http;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command <c>export</c>: one export from request to file, on a host of its own or on one that runs.</summary>
/// <param name="app">Starts the app.</param>
/// <param name="console">Says how it goes.</param>
internal sealed class ExportCommand(AppStart app, IAnsiConsole console)
{
    private readonly Argument<string> _dataset = new("dataset") { Description = "The dataset, such as students." };

    private readonly Option<string> _format = new("--format") { Description = "The file's format.", DefaultValueFactory = _ => "excel" };

    private readonly Option<string> _output = new("--output") { Description = "The file or folder to write to. [default: <dataset>.<xlsx|csv|csv.gz|pdf> in the current folder]" };

    private readonly Option<string> _columns = new("--columns") { Description = "The columns, in order: id,lastName,city" };

    private readonly Option<string> _filter = new("--filter") { Description = "Which records, as JSON: {\"column\":\"year\",\"op\":\"ge\",\"value\":3}" };

    private readonly Option<string> _sort = new("--sort") { Description = "The order; a minus sign is descending: lastName,-gpa" };

    private readonly Option<long?> _limit = new("--limit") { Description = "The most records to export." };

    private readonly Option<long?> _offset = new("--offset") { Description = "Records to pass over first." };

    private readonly Option<string[]> _option = new("--option") { Description = "An option of the format, name=value; may be repeated." };

    private readonly Option<string> _url = new("--url") { Description = "A running app to ask, such as http://localhost:7071; without it one is hosted for this export." };

    private readonly Option<string> _key = new("--key") { Description = "The function key of that app." };

    public Command Build()
    {
        _format.AcceptOnlyFromAmong("excel", "csv", "pdf");
        _filter.Validators.Add(RequireJsonObject);
        _option.Validators.Add(RequireNames);
        _url.Validators.Add(RequireUrl);
        _limit.Validators.Add(RequireNotNegative);
        _offset.Validators.Add(RequireNotNegative);
        var command = new Command("export", "Export a dataset to a file, and wait for it.")
        {
            _dataset, _format, _output, _columns, _filter, _sort, _limit, _offset, _option, _url, _key,
        };
        command.SetAction(RunAsync);
        return command;
    }

    internal ExportArguments Read(ParseResult parsed) => new()
    {
        Dataset = parsed.GetRequiredValue(_dataset),
        Format = parsed.GetRequiredValue(_format),
        Output = parsed.GetValue(_output),
        Columns = Split(parsed.GetValue(_columns)),
        Filter = parsed.GetValue(_filter) is { } filter ? JsonNode.Parse(filter) : null,
        Sort = Split(parsed.GetValue(_sort)),
        Limit = parsed.GetValue(_limit),
        Offset = parsed.GetValue(_offset),
        Options = [.. (parsed.GetValue(_option) ?? []).Select(text => ExportArguments.TryReadOption(text, out var option) ? option : default)],
    };

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
        catch (ExportFailedException exception)
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
                // Somebody waits: a look at the queue costs little, a second of waiting is felt.
                HostSettings = options.HostSettings with { Queues = options.HostSettings.Queues with { MaxPollingInterval = QueueSettings.LeastPollingInterval } },
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

    private static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static void RequireJsonObject(OptionResult result)
    {
        try
        {
            if (result.Tokens is [var token])
            {
                using var filter = JsonDocument.Parse(token.Value);
                if (filter.RootElement.ValueKind != JsonValueKind.Object)
                    result.AddError("--filter must be a JSON object, such as {\"column\":\"year\",\"op\":\"ge\",\"value\":3}.");
            }
        }
        catch (JsonException exception)
        {
            result.AddError($"--filter is not JSON ({exception.Message}): quote it for the shell, as in --filter '{{\"column\":\"year\",\"op\":\"ge\",\"value\":3}}'.");
        }
    }

    private static void RequireNames(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (!ExportArguments.TryReadOption(token.Value, out _))
                result.AddError($"--option '{token.Value}' must be written name=value.");
        }
    }

    private static void RequireUrl(OptionResult result)
    {
        if (result.Tokens is [var token] && !(Uri.TryCreate(token.Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            result.AddError($"--url '{token.Value}' must be an http or https address, such as http://localhost:7071.");
    }

    private static void RequireNotNegative(OptionResult result)
    {
        if (result.Tokens is [var token] && long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number < 0)
            result.AddError($"{result.Option.Name} must be 0 or more.");
    }
}
