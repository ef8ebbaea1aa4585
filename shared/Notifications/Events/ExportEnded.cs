using ExportFunctions.Exports.Jobs;
using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Events;

/// <summary>Notifies people that an export succeeded or failed. A canceled export notifies no one.</summary>
internal sealed class ExportEnded(ExportNews news, DeliveryOutbox outbox) : IExportFollowUp
{
    public async Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken)
    {
        if (EventOf(job) is not { } notificationEvent)
            return;

        var (receivers, values) = await news.OfAsync(notificationEvent, job, cancellationToken);
        var draft = new DeliveryDraft(
            notificationEvent,
            job.Id.ToString("N"),
            job.FinishedAt ?? job.CreatedAt,
            values)
        { ExportId = job.Id, ScheduleId = job.ScheduleId };
        await outbox.TellAsync(draft, receivers, cancellationToken);
    }

    private static NotificationEvent? EventOf(ExportJob job) => job.Status switch
    {
        ExportStatus.Succeeded => NotificationEvent.ExportSucceeded,
        ExportStatus.Failed => NotificationEvent.ExportFailed,
        _ => null,
    };
}
