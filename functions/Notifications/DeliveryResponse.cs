using ExportFunctions.Exports.Jobs;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Functions.Notifications;

/// <summary>A notification for one recipient, and its outcome.</summary>
internal sealed record DeliveryResponse(
    Guid Id,
    string Event,
    string Channel,
    string To,
    Guid? WebhookId,
    string State,
    Guid? ExportId,
    Guid? ScheduleId,
    DateTime CreatedAt,
    int Attempts,
    string? LastAnswer,
    DateTime? NextAttemptAt,
    DateTime? FinishedAt)
{
    public static DeliveryResponse Of(Delivery delivery) => new(
        delivery.Id,
        delivery.Event.Name(),
        delivery.Channel.ToString().ToLowerInvariant(),
        delivery.To,
        delivery.WebhookId,
        delivery.State.ToString().ToLowerInvariant(),
        delivery.ExportId,
        delivery.ScheduleId,
        delivery.CreatedAt.UtcDateTime,
        delivery.Attempts,
        delivery.LastAnswer,
        delivery.NextAttemptAt?.UtcDateTime,
        delivery.FinishedAt?.UtcDateTime);
}
