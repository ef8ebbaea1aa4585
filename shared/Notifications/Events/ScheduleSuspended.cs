using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Notifications.Events;

/// <summary>Notifies the people named in a schedule that it has suspended itself, and why.</summary>
internal sealed class ScheduleSuspended(DeliveryOutbox outbox) : ISuspensionListener
{
    public async Task OnSuspendedAsync(Schedule schedule, DateTimeOffset suspendedAt, CancellationToken cancellationToken)
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
        var receivers = await outbox.FindReceiversAsync(
            new Happening(NotificationEvent.ScheduleSuspended, schedule.Dataset, schedule.Format), schedule.Notify, cancellationToken);
        var draft = new DeliveryDraft(
            NotificationEvent.ScheduleSuspended, schedule.Id.ToString("N"), suspendedAt, values)
        { ScheduleId = schedule.Id };
        await outbox.TellAsync(draft, receivers, cancellationToken);
    }
}
