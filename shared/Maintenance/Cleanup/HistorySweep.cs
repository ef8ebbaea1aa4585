using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Schedules;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>Removes the records of schedules' runs, deliveries and cleanups whose retention is over.</summary>
internal sealed class HistorySweep(
    IScheduleRunStore scheduleRuns,
    MaintenanceRunStore runs,
    IDeliveryStore deliveries,
    IOptions<MaintenanceOptions> options,
    IOptions<ScheduleOptions> schedules,
    IOptions<NotificationOptions> notifications)
{
    /// <summary>Runs the sweep once.</summary>
    /// <param name="now">The time.</param>
    /// <param name="action">The action to take on what is found.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    public async Task<CleanupCounts> RunAsync(DateTimeOffset now, SweepAction action, CancellationToken cancellationToken) => new()
    {
        ScheduleRunsRemoved = await scheduleRuns.SweepOlderThanAsync(now.AddDays(-schedules.Value.HistoryDays), action, cancellationToken),
        DeliveriesRemoved = await deliveries.SweepOlderThanAsync(now.AddDays(-notifications.Value.DeliveryDays), action, cancellationToken),
        MaintenanceRunsRemoved = await runs.SweepOlderThanAsync(now.AddDays(-options.Value.RunDays), action, cancellationToken),
    };
}
