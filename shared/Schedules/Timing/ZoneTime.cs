namespace ExportFunctions.Schedules.Timing;

/// <summary>
/// A zone's wall clock, derived only from its offsets at UTC instants: the zone's own methods for invalid and ambiguous times ignore
/// changes other than daylight saving, such as Apia's lost day in 2011.
/// </summary>
internal sealed class ZoneTime(TimeZoneInfo zone)
{
    // No offset is more than 14 hours from UTC, so the instants of a wall-clock time lie within these bounds.
    private static readonly TimeSpan Reach = TimeSpan.FromHours(15);

    /// <summary>The zone's offset at an instant.</summary>
    public TimeSpan OffsetAt(DateTimeOffset instant) => zone.GetUtcOffset(instant);

    /// <summary>The wall clock at an instant.</summary>
    public DateTime LocalAt(DateTimeOffset instant) =>
        DateTime.SpecifyKind(instant.UtcDateTime + OffsetAt(instant), DateTimeKind.Unspecified);

    /// <summary>The instant of the clock change after one instant and up to another; null when the offset is the same at both.</summary>
    /// <param name="after">The instant before.</param>
    /// <param name="until">The instant after; at most a few days later, so that there is at most one change.</param>
    public DateTimeOffset? ChangeBetween(DateTimeOffset after, DateTimeOffset until)
    {
        var old = OffsetAt(after);
        if (OffsetAt(until) == old)
            return null;

        var (low, high) = (after.UtcTicks / TimeSpan.TicksPerSecond, until.UtcTicks / TimeSpan.TicksPerSecond);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (OffsetAt(InstantOf(middle)) == old)
                low = middle;
            else
                high = middle;
        }

        return InstantOf(high);
    }

    /// <summary>
    /// The instant of a wall-clock time: the first of two if it occurs twice, the first valid one after it if it never occurs.
    /// </summary>
    public Occurrence Resolve(DateTime local)
    {
        var asUtc = new DateTimeOffset(local, TimeSpan.Zero);
        var before = asUtc - Reach;
        if (ChangeBetween(before, asUtc + Reach) is not { } change)
            return At(asUtc - OffsetAt(before), ClockChange.None);

        var byOld = asUtc - OffsetAt(before);
        var byNew = asUtc - OffsetAt(change);
        if (byOld < change)
            return At(byOld, byNew >= change ? ClockChange.Overlap : ClockChange.None);

        return byNew >= change ? At(byNew, ClockChange.None) : At(change, ClockChange.Gap) with { Wall = local };
    }

    /// <summary>The occurrence at an instant.</summary>
    public Occurrence At(DateTimeOffset instant, ClockChange clockChange) => new(instant, LocalAt(instant), OffsetAt(instant), clockChange);

    private static DateTimeOffset InstantOf(long seconds) => new(seconds * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
