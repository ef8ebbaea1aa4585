using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules.Requests;

/// <summary>The fields of a schedule that say when it is due, with the frequency in lower case where the names allow upper case.</summary>
internal static class TimingPart
{
    private const string Frequency = "frequency";

    public static JsonDocument Of(JsonElement body, RequestNames names)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var field in ScheduleTimingReader.Fields)
            {
                if (!body.TryGetProperty(field, out var value))
                    continue;

                if (field is Frequency && names.TakesUpperCaseFrequency && value.ValueKind == JsonValueKind.String)
                    json.WriteString(field, LowerCase(value.GetString()!));
                else
                    WriteAsItIs(json, field, value);
            }

            json.WriteEndObject();
        }

        return JsonDocument.Parse(stream.ToArray(), ExportRequestReader.JsonOptions);
    }

    /// <summary>Only a name that is wholly in upper case: <c>Daily</c> is neither system's.</summary>
    private static string LowerCase(string name) => name.Any(char.IsAsciiLetterLower) ? name : name.ToLowerInvariant();

    private static void WriteAsItIs(Utf8JsonWriter json, string field, JsonElement value)
    {
        json.WritePropertyName(field);
        json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
    }
}
