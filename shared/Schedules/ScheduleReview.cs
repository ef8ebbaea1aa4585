using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>
/// Holds a schedule's next instant against the clock and the time zone data of this machine: both may have been others when it was written.
/// Nothing is read or written.
/// </summary>
internal static class ScheduleReview
{
    /// <summary>
    /// How far the clocks of hosts may be apart. A last run beyond comes from a clock that was wrong, and would silence the schedule until
    /// then; to forget it makes no run twice, since a run's export derives from its due instant.
    /// </summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(3);

    /// <summary>Whether this machine knows the schedule's time zone.</summary>
    public static bool KnowsZone(Schedule schedule) => ZoneRules.Of(schedule.Timing.TimeZone) is not null;

    /// <summary>The schedule as it is to be; null when it is as it should be.</summary>
    /// <param name="schedule">The schedule, as it was read.</param>
    /// <param name="now">The present instant.</param>
    public static Schedule? Revise(Schedule schedule, DateTimeOffset now)
    {
        if (schedule.State != ScheduleState.Active)
            return null;
        if (ZoneRules.Of(schedule.Timing.TimeZone) is not { } rules)
            return WithoutZone(schedule, now);

        var sane = WithoutFuture(schedule, now);
        var instants = new DueInstants(sane);
        var next = string.Equals(rules, schedule.ZoneRules, StringComparison.Ordinal) ? schedule.NextDue : instants.Recompute();

        // What is due later than it can be was put there by a clock that ran ahead. Where the zone's rules changed after a run, the next
        // one may well be the second time from now on: its day has had one.
        if (instants.NextFrom(now) is { } first && (ReferenceEquals(sane, schedule) ? instants.Next(first) : first) is { } latest
            && !(next <= latest))
            next = first;

        var revised = instants.WithNext(sane, next);

        // One of an earlier version, which is due when it should be, learns its rules with its next run.
        var isNoted = schedule.ZoneRules is null || string.Equals(revised.ZoneRules, schedule.ZoneRules, StringComparison.Ordinal);
        return isNoted && revised.NextDue == schedule.NextDue && ReferenceEquals(sane, schedule) ? null : revised;
    }

    /// <summary>The schedule without what a clock that ran ahead wrote; itself when there is none of it.</summary>
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

    /// <summary>The schedule, suspended because its time zone isn't known.</summary>
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
