using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>What travels in the queue: which delivery, and the message's version.</summary>
/// <param name="DeliveryId">The delivery's id.</param>
/// <param name="Version">The message's layout; 1.</param>
/// <param name="Attempts">The tries before the one it is for: once there were more, it is out of date. Null when it doesn't say.</param>
public sealed record DeliveryMessage(
    Guid DeliveryId,
    int Version = DeliveryMessage.CurrentVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Attempts = null)
{
    /// <summary>The layout this app writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The message as JSON.</summary>
    public BinaryData ToBinaryData() => new(JsonSerializer.SerializeToUtf8Bytes(this, NotificationsJson.Default.DeliveryMessage));

    /// <summary>Reads a message; null when it isn't one of a known version.</summary>
    /// <param name="body">The message's body.</param>
    public static DeliveryMessage? TryParse(BinaryData body)
    {
        try
        {
            var message = JsonSerializer.Deserialize(body.ToMemory().Span, NotificationsJson.Default.DeliveryMessage);
            return message is { Version: CurrentVersion } && message.DeliveryId != Guid.Empty ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
