using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>
/// The instants at which a schedule is due, between its start and its end. They are computed one at a time, never for a whole year.
/// </summary>
internal sealed class DueInstants(Schedule schedule)
{
    // No zone's clock ever changed by more, except when it moved across the date line.
    private static readonly TimeSpan MaxShift = TimeSpan.FromHours(3);

    private readonly Occurrences _occurrences = Occurrences.For(schedule.Timing);

    /// <summary>The first instant after another; null when it is never due again.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        // The schedule may be due exactly at its start.
        if (schedule.StartsAt is { } start && after < start)
            after = start.AddTicks(-1);

        return _occurrences.Next(after)?.At is { } at && !(at > schedule.EndsAt) ? at : null;
    }

    /// <summary>
    /// The next instant of a schedule that is created, changed or resumed now. An instant already handled is never due again, even when the
    /// clock was set back.
    /// </summary>
    public DateTimeOffset? NextFrom(DateTimeOffset now) =>
        Next(schedule.LastDue is { } last && last > now && last <= now + ScheduleReview.ClockTolerance ? last : now);

    /// <summary>
    /// The next instant by the zone's current rules, for a schedule whose next one was found by other rules: the same wall-clock time, so
    /// that no day gets two and none is left out.
    /// </summary>
    public DateTimeOffset? Recompute()
    {
        if (schedule.NextDue is not { } due)
            return null;

        var same = schedule.NextDueWall is { } wall ? _occurrences.At(wall)?.At : null;
        if (same is { } at && !(at <= schedule.LastDue) && !(at < schedule.StartsAt))
            return at > schedule.EndsAt ? null : at;

        // A timing that counts elapsed hours keeps its due instant, or gets the first one after it. Where the wall clock is unknown, this
        // is close to it.
        var dealtWith = schedule.LastDue ?? schedule.UpdatedAt;
        var from = _occurrences.GoesByHours ? due.AddTicks(-1) : due - MaxShift;
        return Next(dealtWith > from ? dealtWith : from);
    }

    /// <summary>The schedule with its next instant, and what is needed to recompute it when the zone's rules change.</summary>
    public Schedule WithNext(Schedule changed, DateTimeOffset? next) => changed with
    {
        NextDue = next,
        NextDueWall = next is { } at && _occurrences.Next(at.AddTicks(-1)) is { } occurrence && occurrence.At == at
            ? occurrence.Wall
            : null,
        ZoneRules = ZoneRules.Of(changed.Timing.TimeZone),
    };

    /// <summary>The instants from one due instant to another, both included, earliest first.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset first, DateTimeOffset last)
    {
        for (DateTimeOffset? at = first; at <= last; at = Next(at.Value))
            yield return at.Value;
    }

    /// <summary>The latest instants up to a given one, earliest first, found from the end: earlier ones cost nothing.</summary>
    /// <param name="first">Where to stop: a due instant.</param>
    /// <param name="last">The last instant to include.</param>
    /// <param name="max">The maximum number of instants.</param>
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
