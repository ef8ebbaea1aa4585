using System.Text;
using System.Text.Json;

namespace ExportFunctions.Exports.Requests;

/// <summary>Writes an accepted request under its standard names, for the job's record.</summary>
internal static class StoredRequest
{
    /// <summary>Why a record can't be read whose request is not one.</summary>
    public const string Unreadable = "The JSON of its request can't be read.";

    private static readonly string[] Copied = ["filter", "columns", "sort", "offset", "limit", "options", "retry", "notify", "attachFile", "snapshot"];

    /// <summary>Whether a stored request is JSON at all.</summary>
    public static bool IsReadable(string json)
    {
        try
        {
            using var request = JsonDocument.Parse(json, ExportRequestReader.JsonOptions);
            return request.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static string Write(JsonElement body, string dataset, string format, string? fileName)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("dataset", dataset);
            json.WriteString("format", format);
            if (fileName is not null)
                json.WriteString("fileName", fileName);
            foreach (var name in Copied)
            {
                if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                    continue;

                // As it was written: escaped anew, a text of signs or Greek could grow sixfold, beyond what a table's entity holds.
                json.WritePropertyName(name);
                json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
