using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>What travels in the queue: which delivery, and the message's version.</summary>
/// <param name="DeliveryId">The delivery's id.</param>
/// <param name="Version">The message's layout; 1.</param>
/// <param name="Attempts">The tries before the one it is for: once there were more, it is out of date. Null when it doesn't say.</param>
/// <param name="ResentAt">The delivery's own <see cref="Delivery.ResentAt"/>: once that is another, this message has been replaced.</param>
public sealed record DeliveryMessage(
    Guid DeliveryId,
    int Version = DeliveryMessage.CurrentVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Attempts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ResentAt = null)
{
    /// <summary>The layout this app writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The message for a delivery's next try.</summary>
    /// <param name="delivery">The delivery, as its record says or will say.</param>
    public static DeliveryMessage For(Delivery delivery) => new(delivery.Id, Attempts: delivery.Attempts, ResentAt: delivery.ResentAt);

    /// <summary>Whether it is the message that a delivery's next try comes with: no try was made and no other message sent since.</summary>
    /// <param name="delivery">The delivery.</param>
    public bool IsFor(Delivery delivery) => Attempts is null || (Attempts >= delivery.Attempts && ResentAt == delivery.ResentAt);

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
