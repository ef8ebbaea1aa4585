using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>What the command <c>export</c> was asked for.</summary>
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
        if (Options.Count > 0)
            request["options"] = new JsonObject(Options.Select(option => KeyValuePair.Create(option.Key, option.Value?.DeepClone())));

        return request;
    }

    /// <summary>Reads <c>name=value</c>: numbers, true and false as such, anything else as a text; false without a name.</summary>
    public static bool TryReadOption(string text, out KeyValuePair<string, JsonNode?> option)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        option = equals > 0 ? new(text[..equals], ReadValue(text[(equals + 1)..])) : default;
        return equals > 0;
    }

    /// <summary>Checks where the file goes, before it is asked for.</summary>
    /// <exception cref="Hosting.StartFailedException">Its folder does not exist.</exception>
    public void CheckOutput()
    {
        var folder = Path.GetDirectoryName(ResolveOutput(Dataset));
        if (!Directory.Exists(folder))
            throw new Hosting.StartFailedException($"The folder {folder} does not exist: make it, or give another --output.");
    }

    /// <summary>Where the file goes: the dataset's name has the ending that the app gave the file, such as <c>.csv.gz</c>.</summary>
    /// <param name="fileName">The name the app gave the file.</param>
    public string ResolveOutput(string fileName)
    {
        var ending = fileName.IndexOf('.', StringComparison.Ordinal);
        var name = Dataset + (ending < 0 ? "" : fileName[ending..]);
        return Path.GetFullPath(Output is null ? name : Directory.Exists(Output) ? Path.Combine(Output, name) : Output);
    }

    private static JsonArray ToArray(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];

    private static JsonValue ReadValue(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonValue value && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String
                ? value
                : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
