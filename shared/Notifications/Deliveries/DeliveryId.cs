using System.Text;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Ids of deliveries: always the same for what happened, when, and who hears of it.</summary>
internal static class DeliveryId
{
    public static Guid Of(NotificationEvent notificationEvent, string subject, Receiver receiver, DateTimeOffset happenedAt) =>
        DerivedId.Of(happenedAt, Encoding.UTF8.GetBytes(
            FormattableString.Invariant($"{notificationEvent.Name()}\n{subject}\n{receiver.Key}\n{happenedAt.ToUnixTimeMilliseconds()}")));
}
