using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The options of an export request.</summary>
internal sealed class RequestOptions
{
    private static readonly string[] Formats = ["excel", "xlsx", "csv", "jsonl", "pdf"];

    private readonly bool _isChange;

    private readonly Option<string> _newDataset = new("--dataset") { Description = "Another dataset." };

    private readonly Argument<string> _dataset = new("dataset") { Description = "The dataset, such as students." };

    private readonly Option<string?> _format =
        new("--format") { Description = "The file's format: excel, csv, jsonl or pdf. [default: excel]" };

    private readonly Option<string> _columns = new("--columns") { Description = "The columns, in order: id,lastName,city" };

    private readonly Option<string> _filter =
        new("--filter") { Description = "Which records, as JSON: {\"column\":\"year\",\"op\":\"ge\",\"value\":3}" };

    private readonly Option<string> _sort = new("--sort") { Description = "The order; a minus sign is descending: lastName,-gpa" };

    private readonly Option<long?> _limit = new("--limit") { Description = "The most records to export." };

    private readonly Option<long?> _offset = new("--offset") { Description = "Records to pass over first." };

    private readonly Option<string[]> _option = new("--option") { Description = "An option of the format, name=value; may be repeated." };

    private readonly Option<bool> _snapshot =
        new("--snapshot") { Description = "Read all records as they are at one moment, also in slices." };

    private readonly Option<string> _fileName = new("--file-name") { Description = "What the file is called, without its ending." };

    private readonly Option<string[]> _notify =
        new("--notify") { Description = "Who is told by mail; may be repeated, or hold several with commas between." };

    private readonly Option<bool> _attachFile = new("--attach-file") { Description = "The file goes with the mail, if it is small." };

    private readonly Option<int?> _retry =
        new("--retry") { Description = "Further tries after a fault that may pass. [default: the app's]" };

    private readonly Option<string> _retryDelay =
        new("--retry-delay") { Description = "The first pause before a further try, such as 00:00:10." };

    /// <summary>The options of a request.</summary>
    /// <param name="isChange">Whether they change an existing request: what isn't given stays the same.</param>
    public RequestOptions(bool isChange = false) => _isChange = isChange;

    public void AddTo(Command command)
    {
        _format.Validators.Add(RequireFormat);
        _format.CompletionSources.Add(Formats);
        _filter.Validators.Add(RequireJsonObject);
        _option.Validators.Add(RequireNames);
        _limit.Validators.Add(RequireNotNegative);
        _offset.Validators.Add(RequireNotNegative);
        _retry.Validators.Add(RequireNotNegative);
        if (_isChange)
            command.Add(_newDataset);
        else
            command.Add(_dataset);
        foreach (var option in new Option[]
        {
            _format, _columns, _filter, _sort, _limit, _offset, _option, _snapshot, _fileName, _notify, _attachFile, _retry, _retryDelay,
        })
            command.Add(option);
    }

    /// <summary>Applies the given options to an existing request.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="request">The request.</param>
    public void WriteTo(ParseResult parsed, JsonObject request)
    {
        var given = Read(parsed).ToRequest();
        if (parsed.GetValue(_newDataset) is null)
            given.Remove("dataset");
        if (parsed.GetValue(_format) is null)
            given.Remove("format");
        foreach (var (name, value) in given.ToList())
        {
            // Each option is given separately, and is changed separately.
            if (value is JsonObject options && name is "options" or "retry" && request[name] is JsonObject present)
            {
                foreach (var (option, changed) in options.ToList())
                    present[option] = changed?.DeepClone();
            }
            else
            {
                request[name] = value?.DeepClone();
            }
        }
    }

    public ExportArguments Read(ParseResult parsed) => new()
    {
        Dataset = _isChange ? parsed.GetValue(_newDataset) ?? "" : parsed.GetRequiredValue(_dataset),
        Format = parsed.GetValue(_format) ?? "excel",
        Columns = Split(parsed.GetValue(_columns)),
        Filter = parsed.GetValue(_filter) is { } filter ? JsonNode.Parse(filter) : null,
        Sort = Split(parsed.GetValue(_sort)),
        Limit = parsed.GetValue(_limit),
        Offset = parsed.GetValue(_offset),
        Snapshot = parsed.GetValue(_snapshot),
        FileName = parsed.GetValue(_fileName),
        Notify = [.. (parsed.GetValue(_notify) ?? []).SelectMany(Split)],
        AttachFile = parsed.GetValue(_attachFile),
        Retries = parsed.GetValue(_retry),
        RetryDelay = parsed.GetValue(_retryDelay),
        Options =
            [.. (parsed.GetValue(_option) ?? []).Select(text => ExportArguments.TryReadOption(text, out var option) ? option : default)],
    };

    private static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static void RequireFormat(OptionResult result)
    {
        if (result.Tokens is [var token] && !Formats.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
            result.AddError($"--format '{token.Value}' must be one of {string.Join(", ", Formats)}.");
    }

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

    private static void RequireNotNegative(OptionResult result)
    {
        if (result.Tokens is [var token]
            && long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number < 0)
            result.AddError($"{result.Option.Name} must be 0 or more.");
    }
}
