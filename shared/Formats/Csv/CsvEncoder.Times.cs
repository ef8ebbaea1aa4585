using System.Globalization;
using System.Runtime.InteropServices;
using ExportFunctions.Formats.Records;

namespace ExportFunctions.Formats.Csv;

/// <content>Dates and times, in ISO 8601 or a pattern of the request.</content>
internal sealed partial class CsvEncoder
{
    private long _capped;

    private int WriteDate(ref byte to, DateOnly date)
    {
        if (_dialect.DateFormat is not { } pattern)
            return IsoTimes.WriteDate(ref to, date);

        date.TryFormat(MemoryMarshal.CreateSpan(ref to, MaxValueBytes), out var length, pattern, CultureInfo.InvariantCulture);
        return length;
    }

    private int WriteTime(ref byte to, TimeOnly time)
    {
        if (_dialect.TimeFormat is not { } pattern)
            return IsoTimes.WriteTime(ref to, time);

        time.TryFormat(MemoryMarshal.CreateSpan(ref to, MaxValueBytes), out var length, pattern, CultureInfo.InvariantCulture);
        return length;
    }

    private int WriteLocalTimestamp(ref byte to, DateTime local)
    {
        if (_dialect.LocalTimestampFormat is not { } pattern)
            return IsoTimes.WriteLocalTimestamp(ref to, local);

        local.TryFormat(MemoryMarshal.CreateSpan(ref to, MaxValueBytes), out var length, pattern, CultureInfo.InvariantCulture);
        return length;
    }

    private int WriteTimestamp(ref byte to, DateTime utc)
    {
        var local = _clock.Show(utc, out var offset);
        if (_dialect.TimestampFormat is not { } pattern)
            return IsoTimes.WriteTimestamp(ref to, local, offset, _clock.IsUtc);

        // Without an offset, a time in UTC would be taken for one in the zone.
        if (!pattern.Contains("zzz", StringComparison.Ordinal))
            return WriteLocalTimestamp(ref to, Capped(utc));

        new DateTimeOffset(local, offset)
            .TryFormat(MemoryMarshal.CreateSpan(ref to, MaxValueBytes), out var length, pattern, CultureInfo.InvariantCulture);
        return length;
    }

    private DateTime Capped(DateTime utc)
    {
        var ticks = _clock.ShowTicks(utc);
        var capped = Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        _capped += capped == ticks ? 0 : 1;
        return new DateTime(capped);
    }
}
