namespace ExportFunctions.Schedules;

/// <summary>
/// What another feature does once a schedule has suspended itself. Each tick calls it until it succeeds: every call must be safe to repeat.
/// </summary>
public interface ISuspensionListener
{
    /// <summary>Handles a suspension. An exception is logged, and the next tick calls again.</summary>
    /// <param name="schedule">The schedule, suspended.</param>
    /// <param name="suspendedAt">When it suspended itself: the same in every call.</param>
    /// <param name="cancellationToken">Stops the call; the next tick calls again.</param>
    Task OnSuspendedAsync(Schedule schedule, DateTimeOffset suspendedAt, CancellationToken cancellationToken);
}
