using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>
/// The instants at which a schedule is due, between its start and its end. They are computed one at a time, and never those of a whole
/// year.
/// </summary>
internal sealed class DueInstants(Schedule schedule)
{
    // No zone was ever put off by more, but for those that changed the side of the date line.
    private static readonly TimeSpan MaxShift = TimeSpan.FromHours(3);

    private readonly Occurrences _occurrences = Occurrences.For(schedule.Timing);

    /// <summary>The first instant after another; null when it is never due again.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        // The start itself may be due.
        if (schedule.StartsAt is { } start && after < start)
            after = start.AddTicks(-1);

        return _occurrences.Next(after)?.At is { } at && !(at > schedule.EndsAt) ? at : null;
    }

    /// <summary>
    /// The next instant of a schedule that is made, changed or resumed now. What was dealt with is never due again, even when the clock
    /// jumped back.
    /// </summary>
    public DateTimeOffset? NextFrom(DateTimeOffset now) =>
        Next(schedule.LastDue is { } last && last > now && last <= now + ScheduleReview.ClockTolerance ? last : now);

    /// <summary>
    /// The next instant by the zone's rules as they are known now, of a schedule whose next one was found by others: the same time on the
    /// wall clock, so that no day has two and none is left out.
    /// </summary>
    public DateTimeOffset? Recompute()
    {
        if (schedule.NextDue is not { } due)
            return null;

        var same = schedule.NextDueWall is { } wall ? _occurrences.At(wall)?.At : null;
        if (same is { } at && !(at <= schedule.LastDue) && !(at < schedule.StartsAt))
            return at > schedule.EndsAt ? null : at;

        // By the hours that pass what was due stays so, or the first instant after it. Where its wall clock is not known, it is near.
        var dealtWith = schedule.LastDue ?? schedule.UpdatedAt;
        var from = _occurrences.GoesByHours ? due.AddTicks(-1) : due - MaxShift;
        return Next(dealtWith > from ? dealtWith : from);
    }

    /// <summary>The schedule with its next instant, and with what it takes to find that again when the zone's rules change.</summary>
    public Schedule WithNext(Schedule changed, DateTimeOffset? next) => changed with
    {
        NextDue = next,
        NextDueWall = next is { } at && _occurrences.Next(at.AddTicks(-1)) is { } occurrence && occurrence.At == at
            ? occurrence.Wall
            : null,
        ZoneRules = ZoneRules.Of(changed.Timing.TimeZone),
    };

    /// <summary>The instants from one that is due to another, both included, the earliest first.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset first, DateTimeOffset last)
    {
        for (DateTimeOffset? at = first; at <= last; at = Next(at.Value))
            yield return at.Value;
    }

    /// <summary>The latest instants up to one, the earliest of them first, found from the end: what lies before costs nothing.</summary>
    /// <param name="first">Where to stop looking: an instant that is due.</param>
    /// <param name="last">The last that counts.</param>
    /// <param name="max">The most to find.</param>
    public IReadOnlyList<DateTimeOffset> Latest(DateTimeOffset first, DateTimeOffset last, int max)
    {
        var latest = new Queue<DateTimeOffset>();
        for (var span = TimeSpan.FromMinutes(1); ; span *= 2)
        {
            var isWhole = last - span <= first;
            var begin = isWhole ? first : Next(last - span);
            latest.Clear();
            if (begin is { } start)
            {
                foreach (var at in Between(start, last))
                {
                    latest.Enqueue(at);
                    if (latest.Count > max)
                        latest.Dequeue();
                }
            }

            if (isWhole || latest.Count == max)
                return [.. latest];
        }
    }
}
