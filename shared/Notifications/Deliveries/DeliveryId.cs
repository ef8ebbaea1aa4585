using System.Text;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Delivery ids: deterministic for an event, its time and the receiver.</summary>
internal static class DeliveryId
{
    public static Guid Of(NotificationEvent notificationEvent, string subject, Receiver receiver, DateTimeOffset happenedAt) =>
        DerivedId.Of(happenedAt, Encoding.UTF8.GetBytes(
            FormattableString.Invariant($"{notificationEvent.Name()}\n{subject}\n{receiver.Key}\n{happenedAt.ToUnixTimeMilliseconds()}")));
}
