namespace ExportFunctions.Schedules.Running;

/// <summary>
/// Notifies listeners that a schedule has suspended itself. The schedule stays listed as open until all have been notified, so that a crash
/// can't prevent it.
/// </summary>
internal sealed class Suspensions(IScheduleStore schedules, IEnumerable<ISuspensionListener> listeners)
{
    private readonly IReadOnlyList<ISuspensionListener> _listeners = [.. listeners];

    /// <summary>Notifies the listeners, unless that has been done.</summary>
    /// <returns>The schedule afterwards; null when it is gone.</returns>
    public async Task<Schedule?> TellAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        for (var current = schedule; current is not null; current = await schedules.FindAsync(schedule.Id, cancellationToken))
        {
            if (current.UntoldSuspension is not { } suspendedAt)
                return current;

            // If it was resumed before the notification, there is nothing left to report.
            if (current.State == ScheduleState.Suspended)
            {
                foreach (var listener in _listeners)
                    await listener.OnSuspendedAsync(current, suspendedAt, cancellationToken);
            }

            if (await schedules.TryUpdateAsync(current with { UntoldSuspension = null }, cancellationToken) is { } stored)
                return stored;
        }

        return null;
    }
}
