using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>
/// The thin payload of Standard Webhooks: ids, the subject and a link to the details. No names and no text written by people.
/// </summary>
internal static class StandardPayload
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The values sent for each event, in this order; those that an event lacks are omitted.</summary>
    private static readonly string[] Told = ["exportId", "scheduleId", "alertId", "dataset", "format", "code", "metric", "from", "to"];

    /// <summary>Renders the payload.</summary>
    /// <param name="told">The event.</param>
    /// <param name="link">The link to the details.</param>
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

    /// <summary>Formats an instant for payloads.</summary>
    public static string Timestamp(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The part of an event's name after the full stop.</summary>
    public static string Status(NotificationEvent notificationEvent) => notificationEvent.Name().Split('.')[1];
}
