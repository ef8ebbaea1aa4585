using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The arguments of the command <c>export</c>.</summary>
internal sealed record ExportArguments
{
    public required string Dataset { get; init; }

    public required string Format { get; init; }

    /// <summary>The file or folder to write to; null is the current folder.</summary>
    public string? Output { get; init; }

    public IReadOnlyList<string> Columns { get; init; } = [];

    public JsonNode? Filter { get; init; }

    public IReadOnlyList<string> Sort { get; init; } = [];

    public long? Limit { get; init; }

    public long? Offset { get; init; }

    public bool Snapshot { get; init; }

    /// <summary>The file's name without its extension.</summary>
    public string? FileName { get; init; }

    /// <summary>The recipients of mails.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    public bool AttachFile { get; init; }

    /// <summary>Retries after a transient fault.</summary>
    public int? Retries { get; init; }

    /// <summary>The first pause before a retry.</summary>
    public string? RetryDelay { get; init; }

    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Options { get; init; } = [];

    /// <summary>The body of <c>POST /api/v1/exports</c>.</summary>
    public JsonObject ToRequest()
    {
        var request = new JsonObject { ["dataset"] = Dataset, ["format"] = Format };
        if (Filter is not null)
            request["filter"] = Filter.DeepClone();
        if (Columns.Count > 0)
            request["columns"] = ToArray(Columns);
        if (Sort.Count > 0)
            request["sort"] = ToArray(Sort);
        if (Offset is { } offset)
            request["offset"] = offset;
        if (Limit is { } limit)
            request["limit"] = limit;
        if (Snapshot)
            request["snapshot"] = true;
        if (FileName is not null)
            request["fileName"] = FileName;
        if (Notify.Count > 0)
            request["notify"] = ToArray(Notify);
        if (AttachFile)
            request["attachFile"] = true;
        if (Retries is not null || RetryDelay is not null)
            request["retry"] = Retry();
        if (Options.Count > 0)
            request["options"] = new JsonObject(Options.Select(option => KeyValuePair.Create(option.Key, option.Value?.DeepClone())));

        return request;
    }

    /// <summary>
    /// Parses <c>name=value</c>: numbers, true and false as such, anything else as a string; false when the name is missing.
    /// </summary>
    public static bool TryReadOption(string text, out KeyValuePair<string, JsonNode?> option)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        option = equals > 0 ? new(text[..equals], ReadValue(text[(equals + 1)..])) : default;
        return equals > 0;
    }

    /// <summary>Checks the target before the export is requested.</summary>
    /// <exception cref="Hosting.StartFailedException">Nothing can be written there.</exception>
    public void CheckOutput()
    {
        // The file's extension is not known yet.
        if (Output is not null)
            FindOutput(".part");
    }

    /// <summary>The target: the dataset's name with the extension that the app gave the file, such as <c>.csv.gz</c>.</summary>
    /// <param name="fileName">The name the app gave the file.</param>
    /// <exception cref="Hosting.StartFailedException">Nothing can be written there.</exception>
    public OutputTarget FindOutput(string fileName)
    {
        var dot = fileName.IndexOf('.', StringComparison.Ordinal);
        return OutputTarget.Find(Output, FileName is null ? Dataset + (dot < 0 ? "" : fileName[dot..]) : fileName);
    }

    private JsonObject Retry()
    {
        var retry = new JsonObject();
        if (Retries is { } count)
            retry["count"] = count;
        if (RetryDelay is { } delay)
            retry["delay"] = delay;

        return retry;
    }

    private static JsonArray ToArray(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];

    private static JsonValue ReadValue(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonValue value
                && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String
                ? value
                : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
