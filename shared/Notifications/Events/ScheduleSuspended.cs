using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Notifications.Events;

/// <summary>Tells those whom a schedule names that it has suspended itself, and why.</summary>
internal sealed class ScheduleSuspended(DeliveryOutbox outbox) : ISuspensionListener
{
    public Task OnSuspendedAsync(Schedule schedule, DateTimeOffset suspendedAt, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["schedule"] = schedule.Name,
            ["scheduleId"] = schedule.Id.ToString(),
            ["inWords"] = schedule.Timing.InWords(),
            ["reason"] = schedule.SuspendedBecause ?? "",
            ["dataset"] = schedule.Dataset,
            ["format"] = schedule.Format,
        };
        var draft = new DeliveryDraft(ExportId: null, schedule.Id, values);
        return outbox.TellAsync(NotificationEvent.ScheduleSuspended, schedule.Id, suspendedAt, schedule.Notify, draft, cancellationToken);
    }
}
