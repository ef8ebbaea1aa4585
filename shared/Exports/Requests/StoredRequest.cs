using System.Text;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>
/// An accepted request as records keep it, under its standard names: written here, and read again here. Its parts are read by the readers
/// that accepted them; whoever runs it has all of it checked anew by <see cref="ExportRequestReader.ReadStored"/>.
/// </summary>
public sealed class StoredRequest
{
    /// <summary>Why a record can't be read whose request is not one.</summary>
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

    /// <summary>All of it; it lives as long as anyone holds it.</summary>
    public JsonElement Json { get; }

    /// <summary>The file's name that was asked for; null when none was.</summary>
    public string? FileName => Given("fileName") is { } name ? JsonFields.TextOf(name) : null;

    /// <summary>Who is told of the export.</summary>
    public IReadOnlyList<string> Notify => Texts("notify") ?? [];

    /// <summary>Whether the file goes with the mail.</summary>
    public bool AttachFile => Given("attachFile") is { ValueKind: JsonValueKind.True };

    /// <summary>Whether all is read as of one instant.</summary>
    public bool IsSnapshot => Given("snapshot") is { ValueKind: JsonValueKind.True };

    /// <summary>The names of the columns; null for all.</summary>
    public IReadOnlyList<string>? Columns => Texts("columns");

    /// <summary>Its fields, for the readers of its parts. What they find wrong is of no interest: it was accepted.</summary>
    internal JsonFields Fields { get; }

    /// <summary>Reads a stored request.</summary>
    /// <param name="json">The request.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static StoredRequest Parse(string json) => new(JsonElement.Parse(json, ExportRequestReader.JsonOptions));

    /// <summary>Whether a stored request can be read.</summary>
    /// <param name="json">What is stored.</param>
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

    /// <summary>A field as it was written; null when it is missing.</summary>
    /// <param name="name">Its name.</param>
    public JsonElement? Given(string name) => Fields.Given(name);

    /// <summary>Whether it says who is told, or what they get.</summary>
    internal bool HasReceivers => OfReceivers.Any(name => Json.TryGetProperty(name, out _));

    /// <summary>The request without those who are told: it can be sent again as it is, and tells nobody.</summary>
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
    /// <param name="fileName">The file's name; null when none was asked for.</param>
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

    /// <summary>The request with some of its fields written otherwise.</summary>
    /// <param name="write">Writes a field, or leaves it out.</param>
    internal string Rewrite(Action<Utf8JsonWriter, JsonProperty> write) => Write(json =>
    {
        foreach (var property in Json.EnumerateObject())
            write(json, property);
    });

    // As it was written: escaped anew, a text of signs or Greek could grow sixfold, beyond what a table's entity holds.
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
