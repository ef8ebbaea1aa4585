namespace ExportFunctions.Schedules.Running;

/// <summary>
/// Passes on that a schedule has suspended itself. The schedule is listed as open until all have heard of it, so that no crash keeps it
/// from them.
/// </summary>
internal sealed class Suspensions(IScheduleStore schedules, IEnumerable<ISuspensionListener> listeners)
{
    private readonly IReadOnlyList<ISuspensionListener> _listeners = [.. listeners];

    /// <summary>Tells the listeners, if they were not told.</summary>
    /// <returns>The schedule as it is then; null when it is gone.</returns>
    public async Task<Schedule?> TellAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        for (var current = schedule; current is not null; current = await schedules.FindAsync(schedule.Id, cancellationToken))
        {
            if (current.UntoldSuspension is not { } suspendedAt)
                return current;

            // One that was resumed before anybody heard of it is no news any more.
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
