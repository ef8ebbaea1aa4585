namespace ExportFunctions.Formats;

/// <summary>
/// Converts instants to one time zone. Caches the offset of each day without a transition, because the zone's own lookup costs more than
/// writing the value.
/// </summary>
/// <param name="zone">The zone.</param>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    private const int Slots = 1024;

    private readonly int[] _days = new int[Slots];
    private readonly long[] _offsets = new long[Slots];

    /// <summary>True when every instant is shown as it is.</summary>
    public bool IsUtc { get; } = zone.HasSameRules(TimeZoneInfo.Utc);

    /// <summary>
    /// The wall-clock time and offset of an instant. An instant whose wall-clock time falls outside the years 1 to 9999 is shown in UTC.
    /// </summary>
    /// <param name="utc">The instant.</param>
    /// <param name="offset">What the zone adds to UTC at that instant.</param>
    public DateTime Show(DateTime utc, out TimeSpan offset)
    {
        var ticks = IsUtc ? 0 : OffsetTicks(utc);
        var local = utc.Ticks + ticks;
        if (local < DateTime.MinValue.Ticks || local > DateTime.MaxValue.Ticks)
            (local, ticks) = (utc.Ticks, 0);

        offset = new TimeSpan(ticks);
        return new DateTime(local, DateTimeKind.Unspecified);
    }

    /// <summary>The ticks of an instant's wall-clock time, which may lie outside the years 1 to 9999.</summary>
    /// <param name="utc">The instant.</param>
    public long ShowTicks(DateTime utc) => utc.Ticks + (IsUtc ? 0 : OffsetTicks(utc));

    private long OffsetTicks(DateTime utc)
    {
        var day = (int)(utc.Ticks / TimeSpan.TicksPerDay);
        var slot = day % Slots;

        // Days are remembered one up, so that 0 means an unused slot.
        if (_days[slot] == day + 1)
            return _offsets[slot];

        var offset = zone.GetUtcOffset(utc).Ticks;
        if (IsUniform(day, offset))
            (_days[slot], _offsets[slot]) = (day + 1, offset);

        return offset;
    }

    // No zone has ever had a transition and its reverse within six hours.
    private bool IsUniform(int day, long offset)
    {
        var start = day * TimeSpan.TicksPerDay;
        for (var hour = 0; hour < 24; hour += 6)
        {
            if (zone.GetUtcOffset(new DateTime(start + (hour * TimeSpan.TicksPerHour), DateTimeKind.Utc)).Ticks != offset)
                return false;
        }

        return zone.GetUtcOffset(new DateTime(start + TimeSpan.TicksPerDay - 1, DateTimeKind.Utc)).Ticks == offset;
    }
}
