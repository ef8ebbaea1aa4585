using System.Text.Json.Serialization;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>What travels in the queues of mails and webhooks: which delivery.</summary>
/// <param name="DeliveryId">The delivery's id.</param>
/// <param name="Attempts">The tries before the one it is for: once there were more, it is out of date. Null when it doesn't say.</param>
/// <param name="ResentAt">The delivery's own <see cref="Delivery.ResentAt"/>: once that is another, this message has been replaced.</param>
public sealed record DeliveryMessage(
    Guid DeliveryId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Attempts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ResentAt = null) : RecordMessage
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Guid RecordId => DeliveryId;

    /// <summary>The message for a delivery's next try.</summary>
    /// <param name="delivery">The delivery, as its record says or will say.</param>
    public static DeliveryMessage For(Delivery delivery) => new(delivery.Id, delivery.Attempts, delivery.ResentAt);

    /// <inheritdoc/>
    public override BinaryData ToBinaryData() => Write(this, NotificationsJson.Default.DeliveryMessage);

    /// <summary>Reads a message; null when it isn't one of a known version.</summary>
    /// <param name="body">The message's body.</param>
    public static DeliveryMessage? TryParse(BinaryData body) => Read(body, NotificationsJson.Default.DeliveryMessage);

    /// <summary>Whether it is the message that a delivery's next try comes with: no try was made and no other message sent since.</summary>
    /// <param name="delivery">The delivery.</param>
    public bool IsFor(Delivery delivery) => Attempts is null || (Attempts >= delivery.Attempts && ResentAt == delivery.ResentAt);
}
