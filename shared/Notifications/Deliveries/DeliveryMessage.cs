using System.Text.Json.Serialization;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>The message in the mail and webhook queues: which delivery to attempt.</summary>
/// <param name="DeliveryId">The delivery's id.</param>
/// <param name="Attempts">The attempts made before this one: once there are more, the message is out of date. Null when unknown.</param>
/// <param name="ResentAt">The delivery's <see cref="Delivery.ResentAt"/>: once that differs, this message has been replaced.</param>
public sealed record DeliveryMessage(
    Guid DeliveryId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Attempts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ResentAt = null) : RecordMessage
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Guid RecordId => DeliveryId;

    /// <summary>The message for a delivery's next attempt.</summary>
    /// <param name="delivery">The delivery, as stored or about to be stored.</param>
    public static DeliveryMessage For(Delivery delivery) => new(delivery.Id, delivery.Attempts, delivery.ResentAt);

    /// <inheritdoc/>
    public override BinaryData ToBinaryData() => Write(this, NotificationsJson.Default.DeliveryMessage);

    /// <summary>Reads a message; null when its version is unknown.</summary>
    /// <param name="body">The message's body.</param>
    public static DeliveryMessage? TryParse(BinaryData body) => Read(body, NotificationsJson.Default.DeliveryMessage);

    /// <summary>Whether this message is for the delivery's next attempt: no attempt was made and no other message sent since.</summary>
    /// <param name="delivery">The delivery.</param>
    public bool IsFor(Delivery delivery) => Attempts is null || (Attempts >= delivery.Attempts && ResentAt == delivery.ResentAt);
}
