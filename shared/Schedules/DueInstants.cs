using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>The instants at which a schedule is due, between its start and its end. They are computed one at a time, and never those of a whole year.</summary>
internal sealed class DueInstants(Schedule schedule)
{
    private readonly Occurrences _occurrences = Occurrences.For(schedule.Timing);

    /// <summary>The first instant after another; null when it is never due again.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        // The start itself may be due.
        if (schedule.StartsAt is { } start && after < start)
            after = start.AddTicks(-1);

        return _occurrences.Next(after)?.At is { } at && !(at > schedule.EndsAt) ? at : null;
    }

    /// <summary>The next instant of a schedule that is made, changed or resumed now. What was dealt with is never due again, even when the clock jumped back.</summary>
    public DateTimeOffset? NextFrom(DateTimeOffset now) => Next(schedule.LastDue is { } last && last > now ? last : now);

    /// <summary>The instants from one that is due to another, both included, the earliest first.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset first, DateTimeOffset last)
    {
        for (DateTimeOffset? at = first; at <= last; at = Next(at.Value))
            yield return at.Value;
    }

    /// <summary>The latest instants up to one, the earliest of them first, found from the end: what lies before costs nothing.</summary>
    /// <param name="first">Where to stop looking: an instant that is due.</param>
    /// <param name="last">The last that counts.</param>
    /// <param name="most">The most to find.</param>
    public IReadOnlyList<DateTimeOffset> Latest(DateTimeOffset first, DateTimeOffset last, int most)
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
                    if (latest.Count > most)
                        latest.Dequeue();
                }
            }

            if (isWhole || latest.Count == most)
                return [.. latest];
        }
    }
}
