using System.Text;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>
/// An accepted request as stored in records, under its standard field names: written here and read here. Its parts are read by the readers
/// that accepted them; to run it, <see cref="ExportRequestReader.ReadStored"/> validates all of it again.
/// </summary>
public sealed class StoredRequest
{
    /// <summary>Why a record whose request is not valid JSON can't be read.</summary>
    internal const string Unreadable = "The JSON of its request can't be read.";

    private static readonly string[] Copied =
        ["filter", "columns", "sort", "offset", "limit", "options", "retry", "notify", "attachFile", "snapshot"];

    private static readonly string[] OfReceivers = ["notify", "attachFile"];

    private StoredRequest(JsonElement json)
    {
        Json = json;
        Fields = JsonFields.Open(json, ExportRequestReader.StoredShape, new FieldErrors())
            ?? throw new JsonException("A stored request is a JSON object.");
    }

    /// <summary>The whole request; it stays valid as long as it is referenced.</summary>
    public JsonElement Json { get; }

    /// <summary>The requested file name; null when there was none.</summary>
    public string? FileName => Given("fileName") is { } name ? JsonFields.TextOf(name) : null;

    /// <summary>The addresses to notify about the export.</summary>
    public IReadOnlyList<string> Notify => Texts("notify") ?? [];

    /// <summary>Whether the file is attached to the mail.</summary>
    public bool AttachFile => Given("attachFile") is { ValueKind: JsonValueKind.True };

    /// <summary>Whether all records are read from one snapshot.</summary>
    public bool IsSnapshot => Given("snapshot") is { ValueKind: JsonValueKind.True };

    /// <summary>The names of the columns; null for all.</summary>
    public IReadOnlyList<string>? Columns => Texts("columns");

    /// <summary>Its fields, for the readers of its parts. Their errors are ignored: the request was accepted.</summary>
    internal JsonFields Fields { get; }

    /// <summary>Reads a stored request.</summary>
    /// <param name="json">The request.</param>
    /// <exception cref="JsonException">It is not a request.</exception>
    public static StoredRequest Parse(string json) => new(JsonElement.Parse(json, ExportRequestReader.JsonOptions));

    /// <summary>Whether a stored request can be read.</summary>
    /// <param name="json">The stored JSON.</param>
    public static bool IsReadable(string json)
    {
        try
        {
            return JsonElement.Parse(json, ExportRequestReader.JsonOptions).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A field as written; null when it is missing.</summary>
    /// <param name="name">Its name.</param>
    public JsonElement? Given(string name) => Fields.Given(name);

    /// <summary>Whether it specifies recipients, or what they receive.</summary>
    internal bool HasReceivers => OfReceivers.Any(name => Json.TryGetProperty(name, out _));

    /// <summary>The request without its recipients: it can be sent again as is, and notifies no one.</summary>
    public JsonElement WithoutReceivers()
    {
        var json = Rewrite((writer, property) =>
        {
            if (!OfReceivers.Contains(property.Name, StringComparer.Ordinal))
                WriteAsItIs(writer, property.Name, property.Value);
        });
        return JsonElement.Parse(json, ExportRequestReader.JsonOptions);
    }

    /// <summary>Writes an accepted request.</summary>
    /// <param name="fields">The request.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="fileName">The file name; null when none was requested.</param>
    internal static string Write(JsonFields fields, string dataset, string format, string? fileName) => Write(json =>
    {
        json.WriteString("dataset", dataset);
        json.WriteString("format", format);
        if (fileName is not null)
            json.WriteString("fileName", fileName);
        foreach (var name in Copied)
        {
            if (fields.Given(name) is { } value)
                WriteAsItIs(json, name, value);
        }
    });

    /// <summary>The request with some of its fields rewritten.</summary>
    /// <param name="write">Writes a field, or leaves it out.</param>
    internal string Rewrite(Action<Utf8JsonWriter, JsonProperty> write) => Write(json =>
    {
        foreach (var property in Json.EnumerateObject())
            write(json, property);
    });

    // Written unescaped: escaping could grow a text of symbols or Greek sixfold, beyond what a table entity holds.
    internal static void WriteAsItIs(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private List<string>? Texts(string name) => Given(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(JsonFields.TextOf).OfType<string>()]
        : null;
}
