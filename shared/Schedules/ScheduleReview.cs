using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>
/// Checks a schedule's next instant against this machine's clock and time zone data: both may have been different when it was written. Does
/// no I/O.
/// </summary>
internal static class ScheduleReview
{
    /// <summary>
    /// How far apart the clocks of hosts may be. A last run further in the future comes from a wrong clock and would silence the schedule
    /// until then; discarding it doesn't repeat any run, since a run's export derives from its due instant.
    /// </summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(3);

    /// <summary>Whether this machine knows the schedule's time zone.</summary>
    public static bool KnowsZone(Schedule schedule) => ZoneRules.Of(schedule.Timing.TimeZone) is not null;

    /// <summary>The corrected schedule; null when it is correct as it is.</summary>
    /// <param name="schedule">The schedule, as it was read.</param>
    /// <param name="now">The current time.</param>
    public static Schedule? Revise(Schedule schedule, DateTimeOffset now)
    {
        if (schedule.State != ScheduleState.Active)
            return null;
        if (ZoneRules.Of(schedule.Timing.TimeZone) is not { } rules)
            return WithoutZone(schedule, now);

        var sane = WithoutFuture(schedule, now);
        var instants = new DueInstants(sane);
        var next = string.Equals(rules, schedule.ZoneRules, StringComparison.Ordinal) ? schedule.NextDue : instants.Recompute();

        // A next instant later than possible was written by a clock that ran ahead. If the zone's rules changed after a run, the next one
        // may well be the second time from now: the current day has already had its run.
        if (instants.NextFrom(now) is { } first && (ReferenceEquals(sane, schedule) ? instants.Next(first) : first) is { } latest
            && !(next <= latest))
            next = first;

        var revised = instants.WithNext(sane, next);

        // A schedule from an earlier version with a correct due time gets its zone rules with its next run.
        var isNoted = schedule.ZoneRules is null || string.Equals(revised.ZoneRules, schedule.ZoneRules, StringComparison.Ordinal);
        return isNoted && revised.NextDue == schedule.NextDue && ReferenceEquals(sane, schedule) ? null : revised;
    }

    /// <summary>The schedule without what a clock that ran ahead wrote; unchanged when there is nothing of the kind.</summary>
    private static Schedule WithoutFuture(Schedule schedule, DateTimeOffset now)
    {
        var latest = now + ClockTolerance;
        return schedule.LastDue > latest || schedule.UpdatedAt > latest
            ? schedule with
            {
                LastDue = schedule.LastDue > latest ? null : schedule.LastDue,
                UpdatedAt = schedule.UpdatedAt > latest ? now : schedule.UpdatedAt
            }
            : schedule;
    }

    /// <summary>The schedule, suspended because its time zone is unknown.</summary>
    public static Schedule WithoutZone(Schedule schedule, DateTimeOffset now) => schedule with
    {
        State = ScheduleState.Suspended,
        SuspendedBecause = $"The time zone {schedule.Timing.TimeZone} is not known to this host's time zone data any more. Change "
            + "timeZone to one that is, and resume the schedule.",
        UntoldSuspension = now,
        NextDue = null,
        NextDueWall = null,
        CatchUpsLeft = null,
    };
}
