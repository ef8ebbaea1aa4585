namespace ExportFunctions.Schedules;

/// <summary>
/// What another capability does once a schedule has suspended itself. Called until it is through, by each tick: every call must be safe
/// to repeat.
/// </summary>
public interface ISuspensionListener
{
    /// <summary>Hears of a suspension. What it throws is logged, and the next tick calls again.</summary>
    /// <param name="schedule">The schedule, suspended.</param>
    /// <param name="suspendedAt">When it suspended itself: the same in each call.</param>
    /// <param name="cancellationToken">Stops the call; the next tick calls again.</param>
    Task OnSuspendedAsync(Schedule schedule, DateTimeOffset suspendedAt, CancellationToken cancellationToken);
}
