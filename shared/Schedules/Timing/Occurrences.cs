namespace ExportFunctions.Schedules.Timing;

/// <summary>
/// The instants at which a timing is due, computed one at a time from wall clock and zone: each is later than the previous one. A time that
/// the clock skips is due once, at the first valid instant after it; a time that occurs twice is due the first time only. A timing that
/// names no hours counts elapsed hours: it is due in both of two equal hours, and a skipped hour takes nothing from it.
/// </summary>
public sealed class Occurrences
{
    // Within this distance of a clock change, wall-clock times are searched from before the change.
    private static readonly TimeSpan Near = TimeSpan.FromHours(26);

    // Beyond this, a wall-clock time or its surroundings don't fit into a date.
    private static readonly DateTimeOffset First = DateTimeOffset.MinValue.AddYears(1);
    private static readonly DateTimeOffset Last = DateTimeOffset.MaxValue.AddYears(-9);

    private readonly WallClock _walls;
    private readonly ZoneTime _zone;

    private Occurrences(ScheduleTiming timing)
    {
        _walls = new WallClock(timing);
        _zone = new ZoneTime(TimeZoneInfo.FindSystemTimeZoneById(timing.TimeZone));
    }

    /// <summary>The occurrences of a timing.</summary>
    /// <param name="timing">The timing, as <see cref="ScheduleTimingReader"/> accepts it.</param>
    /// <exception cref="ArgumentException">Its cron expression is invalid.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine doesn't know its time zone.</exception>
    public static Occurrences For(ScheduleTiming timing) => new(timing);

    /// <summary>Whether it counts elapsed hours rather than following the wall clock.</summary>
    internal bool GoesByHours => _walls.IsEveryHour;

    /// <summary>The occurrences of a timing; null when this machine doesn't know its time zone.</summary>
    /// <param name="timing">The timing, as <see cref="ScheduleTimingReader"/> accepts it.</param>
    public static Occurrences? Find(ScheduleTiming timing) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timing.TimeZone, out _) ? new Occurrences(timing) : null;

    /// <summary>The first occurrence later than an instant; null when there is none.</summary>
    /// <param name="after">The instant, in UTC.</param>
    public Occurrence? Next(DateTimeOffset after)
    {
        if (after >= Last)
            return null;

        var from = after < First ? First : after;
        return _walls.IsEveryHour ? NextByHours(from) : NextByWalls(from);
    }

    /// <summary>
    /// The occurrence of a wall-clock time that the timing requested before, by the zone's current rules; null for a timing that counts
    /// elapsed hours.
    /// </summary>
    /// <param name="wall">The wall clock.</param>
    internal Occurrence? At(DateTime wall) => _walls.IsEveryHour ? null : _zone.Resolve(wall);

    /// <summary>Enumerates the occurrences later than an instant, computed on demand.</summary>
    /// <param name="after">The instant, in UTC.</param>
    /// <param name="startsAt">None before this instant; null for no such limit.</param>
    /// <param name="endsAt">None after this instant; null for no such limit.</param>
    public IEnumerable<Occurrence> After(DateTimeOffset after, DateTimeOffset? startsAt, DateTimeOffset? endsAt)
    {
        if (startsAt > after)
            after = startsAt.Value.AddTicks(-1);

        while (Next(after) is { } next && (endsAt is null || next.At <= endsAt))
        {
            yield return next;
            after = next.At;
        }
    }

    private Occurrence? NextByWalls(DateTimeOffset after)
    {
        // Near a change, a wall-clock time before the current one may be due later than now.
        var wall = _zone.LocalAt(after);
        if (_zone.ChangeBetween(after - Near, after + Near) is not null)
            wall -= Near;

        while (_walls.Next(wall) is { } next)
        {
            var occurrence = _zone.Resolve(next);
            if (occurrence.At > after)
                return occurrence;

            wall = next;
        }

        return null;
    }

    private Occurrence? NextByHours(DateTimeOffset after)
    {
        if (_walls.Next(_zone.LocalAt(after)) is not { } wall)
            return null;

        // When it would be due if the clock didn't change.
        var expected = new DateTimeOffset(wall, TimeSpan.Zero) - _zone.OffsetAt(after);
        var isNear = expected - after <= Near;
        if (_zone.ChangeBetween(after, isNear ? expected : after + Near) is not { } change)
            return isNear ? _zone.At(expected, ClockChange.None) : _zone.Resolve(wall);

        return _zone.OffsetAt(change) > _zone.OffsetAt(after) ? AfterGap(
            change, expected) : AfterOverlap(change, isNear ? expected : change);
    }

    private Occurrence? AfterGap(DateTimeOffset change, DateTimeOffset expected)
    {
        if (_walls.Next(_zone.LocalAt(change).AddTicks(-1)) is not { } wall)
            return null;

        // If the new clock reaches the time later than the old one would have, the time in between would pass without a run.
        var due = _zone.Resolve(wall);
        return due.At > expected ? _zone.At(change, ClockChange.Gap) : due;
    }

    private Occurrence? AfterOverlap(DateTimeOffset change, DateTimeOffset min)
    {
        var offset = _zone.OffsetAt(change);
        var wall = _zone.LocalAt(change).AddTicks(-1);
        while (_walls.Next(wall) is { } next)
        {
            // Earlier than by the old clock means the same time again, when the clock is set back by less than an hour.
            var due = new DateTimeOffset(next, TimeSpan.Zero) - offset;
            if (due >= min)
                return _zone.At(due, _zone.Resolve(next).ClockChange == ClockChange.Overlap ? ClockChange.Repeat : ClockChange.None);

            wall = next;
        }

        return null;
    }
}
