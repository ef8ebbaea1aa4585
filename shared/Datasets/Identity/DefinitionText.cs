using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ExportFunctions.Datasets.Identity;

/// <summary>
/// A dataset's definition as canonical text: JSON with properties sorted by name and without default values, so that neither the file's
/// layout nor a later version's new settings change it.
/// </summary>
/// <remarks>
/// Handwritten, since it runs at every startup: a serializer's code for these types would have to be JIT-compiled. A test compares the two.
/// </remarks>
internal static class DefinitionText
{
    /// <summary>The canonical text. It excludes the source's name: the data's location is part of the source's identity.</summary>
    public static string Of(Dataset dataset)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            WriteDataset(json, dataset);

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteDataset(Utf8JsonWriter json, Dataset dataset)
    {
        json.WriteStartObject();
        WriteColumns(json, "columns", dataset.Columns);
        WriteColumns(json, "key", dataset.Key);
        WriteText(json, "logo", dataset.Logo);
        json.WriteString("name", dataset.Name);
        WriteText(json, "query", dataset.Query);
        json.WriteString("source", "");
        if (dataset.Table is { } table)
        {
            json.WriteStartArray("table");
            foreach (var name in table)
                json.WriteStringValue(name);

            json.WriteEndArray();
        }

        json.WriteString("title", dataset.Title);
        json.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter json, string name, IReadOnlyList<DatasetColumn> columns)
    {
        json.WriteStartArray(name);
        foreach (var column in columns)
            WriteColumn(json, column);

        json.WriteEndArray();
    }

    private static void WriteColumn(Utf8JsonWriter json, DatasetColumn column)
    {
        json.WriteStartObject();
        if (column.EmptyText != default)
            json.WriteString("emptyText", column.EmptyText.ToString());

        if (column.IsText)
            json.WriteBoolean("isText", value: true);

        WriteText(json, "link", column.Link?.ToString());
        json.WriteString("name", column.Name);
        WriteText(json, "numberFormat", column.NumberFormat);
        if (column.OnUnreadable != default)
            json.WriteString("onUnreadable", column.OnUnreadable.ToString());

        if (column.Scale is { } scale)
            json.WriteNumber("scale", scale);

        json.WriteString("sqlName", column.SqlName);
        WriteText(json, "stored", column.Stored?.ToString());
        json.WriteString("title", column.Title);
        if (column.Type != default)
            json.WriteString("type", column.Type.ToString());

        if (column.Width is { } width)
            json.WriteNumber("width", width);

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
