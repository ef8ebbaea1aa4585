using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>
/// The thin payload of Standard Webhooks: ids, what it is about, and where to read on. No names and nothing that people wrote.
/// </summary>
internal static class StandardPayload
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is told of each event, in this order; what an event lacks is left out.</summary>
    private static readonly string[] Told = ["exportId", "scheduleId", "alertId", "dataset", "format", "code", "metric", "from", "to"];

    /// <summary>Writes the payload.</summary>
    /// <param name="told">The event.</param>
    /// <param name="link">Where to read on.</param>
    public static byte[] Write(WebhookEvent told, string link)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type", told.Event.Name());
            writer.WriteString("timestamp", Timestamp(told.HappenedAt));
            writer.WriteStartObject("data");
            foreach (var name in Told)
            {
                if (told[name] is { Length: > 0 } value)
                    writer.WriteString(name, value);
            }

            writer.WriteString("status", Status(told.Event));
            writer.WriteString("link", link);
            if (told.IsTest)
                writer.WriteBoolean("test", value: true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return json.ToArray();
    }

    /// <summary>An instant as payloads have it.</summary>
    public static string Timestamp(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The part of an event's name after the full stop.</summary>
    public static string Status(NotificationEvent notificationEvent) => notificationEvent.Name().Split('.')[1];
}
