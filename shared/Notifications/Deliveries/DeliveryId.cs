using System.Text;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Ids of deliveries: always the same for what happened, when, and who hears of it.</summary>
internal static class DeliveryId
{
    public static Guid Of(NotificationEvent notificationEvent, string subject, string to, DateTimeOffset happenedAt) =>
        DerivedId.Of(happenedAt, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{notificationEvent.Name()}\n{subject}\n{to.ToLowerInvariant()}\n{happenedAt.ToUnixTimeMilliseconds()}")));
}
