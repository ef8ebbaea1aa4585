using System.Buffers.Binary;

namespace ExportFunctions.Datasets.Values;

/// <summary>
/// Parses dates and times that databases store as text, by ISO 8601 with T or a space in between: <c>2026-03-14</c>, <c>2026-03-14
/// 15:09</c>, <c>2026-03-14T15:09:26.5+02:00</c>. Processes eight characters at a time, without allocating strings.
/// </summary>
internal static class ClockText
{
    private const int DateLength = 10;
    private const int MinutesLength = 5;
    private const int SecondsLength = 8;
    private const int TickDigits = 7;
    private const int MaxOffsetMinutes = 18 * 60;

    /// <summary>Reads a date, timestamp, local timestamp or time of day from its text, in ticks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, ColumnType type, out long ticks, out bool isTruncated)
    {
        isTruncated = false;
        bool isRead;
        switch (type)
        {
            case ColumnType.Date:
                isRead = TryReadDate(text, out var date);
                ticks = date.DayNumber * TimeSpan.TicksPerDay;
                return isRead;
            case ColumnType.Time:
                isRead = TryReadTime(text, out var time, out isTruncated);
                ticks = time.Ticks;
                return isRead;
            case ColumnType.LocalTimestamp:
                isRead = TryReadLocalTimestamp(text, out var local, out isTruncated);
                ticks = local.Ticks;
                return isRead;
            default:
                isRead = TryReadTimestamp(text, out var instant, out isTruncated);
                ticks = instant.Ticks;
                return isRead;
        }
    }

    /// <summary>Reads a date, alone or followed by midnight.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="date">The date as written; an offset after midnight doesn't shift it.</param>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (!TryReadMoment(text, out var ticks, out _, out var isTruncated) || isTruncated || ticks % TimeSpan.TicksPerDay != 0)
            return false;

        date = DateOnly.FromDayNumber((int)(ticks / TimeSpan.TicksPerDay));
        return true;
    }

    /// <summary>Reads an instant; defaults to UTC without an offset, and to midnight without a time.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="time">The instant, in UTC.</param>
    /// <param name="isTruncated">Whether it was truncated to 100 nanoseconds.</param>
    public static bool TryReadTimestamp(ReadOnlySpan<byte> text, out DateTime time, out bool isTruncated)
    {
        time = default;
        if (!TryReadMoment(text, out var ticks, out var offset, out isTruncated))
            return false;

        ticks -= offset * TimeSpan.TicksPerMinute;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;

        time = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Reads a date and time as written; an offset is ignored, not applied.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="time">The time on the wall.</param>
    /// <param name="isTruncated">Whether it was truncated to 100 nanoseconds.</param>
    public static bool TryReadLocalTimestamp(ReadOnlySpan<byte> text, out DateTime time, out bool isTruncated)
    {
        var isRead = TryReadMoment(text, out var ticks, out _, out isTruncated);
        time = new DateTime(ticks);
        return isRead;
    }

    /// <summary>Reads a time of day: <c>08:15</c>, <c>08:15:30.25</c>.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="isTruncated">Whether it was truncated to 100 nanoseconds.</param>
    public static bool TryReadTime(ReadOnlySpan<byte> text, out TimeOnly time, out bool isTruncated)
    {
        var isRead = TryReadClock(text, out var ticks, out isTruncated, out var length) && length == text.Length;
        time = isRead ? new TimeOnly(ticks) : default;
        return isRead;
    }

    private static bool TryReadMoment(ReadOnlySpan<byte> text, out long ticks, out int offset, out bool isTruncated)
    {
        (ticks, offset, isTruncated) = (0, 0, false);
        if (text.Length < DateLength || !TryReadDay(text, out var day))
            return false;

        ticks = day * TimeSpan.TicksPerDay;
        if (text.Length == DateLength)
            return true;

        if (text[DateLength] is not ((byte)'T' or (byte)' ' or (byte)'t')
            || !TryReadClock(text[(DateLength + 1)..], out var clock, out isTruncated, out var length))
            return false;

        ticks += clock;
        return TryReadOffset(text[(DateLength + 1 + length)..], out offset);
    }

    private static bool TryReadDay(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        uint thousands = (uint)(text[0] - '0'), hundreds = (uint)(text[1] - '0');
        if (thousands > 9 || hundreds > 9 || !TryReadPairs(text[2..], '-', out var year, out var month, out var dayOfMonth))
            return false;

        year += (int)((thousands * 1000) + (hundreds * 100));
        if (year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
            return false;

        day = new DateOnly(year, month, dayOfMonth).DayNumber;
        return true;
    }

    // The length is the time's only; the caller handles what follows it.
    private static bool TryReadClock(ReadOnlySpan<byte> text, out long ticks, out bool isTruncated, out int length)
    {
        (ticks, isTruncated, length) = (0, false, 0);
        if (text.Length < MinutesLength)
            return false;

        int hour, minute, second;
        if (text.Length >= SecondsLength && text[MinutesLength] == ':')
        {
            if (!TryReadPairs(text, ':', out hour, out minute, out second))
                return false;

            length = SecondsLength;
        }
        else
        {
            if (!TryReadPair(text, out hour) || text[2] != ':' || !TryReadPair(text[3..], out minute))
                return false;

            (second, length) = (0, MinutesLength);
        }

        if (hour > 23 || minute > 59 || second > 59)
            return false;

        ticks = ((hour * 3_600L) + (minute * 60) + second) * TimeSpan.TicksPerSecond;
        if (length == MinutesLength || text.Length == length || text[length] != '.')
            return true;

        var digits = ReadFraction(text[(length + 1)..], ref ticks, ref isTruncated);
        length += digits + 1;
        return digits > 0;
    }

    private static int ReadFraction(ReadOnlySpan<byte> text, ref long ticks, ref bool isTruncated)
    {
        var (fraction, count) = (0L, 0);
        for (; count < text.Length && (uint)(text[count] - '0') <= 9; count++)
        {
            if (count < TickDigits)
                fraction = (fraction * 10) + (text[count] - '0');
            else
                isTruncated |= text[count] != '0';
        }

        for (var i = count; i < TickDigits; i++)
            fraction *= 10;

        ticks += fraction;
        return count;
    }

    // Nothing, Z, or a sign with hours and optional minutes: +02, +0200, +02:00; a space may precede it.
    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty)
            return true;

        if (text[0] == ' ')
            text = text[1..];
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8))
            return true;

        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || !TryReadPair(text[1..], out var hours))
            return false;

        var rest = 0;
        if (text.Length > 3 && ((text.Length == 6 && text[3] != ':') || !TryReadPair(text[^2..], out rest) || rest > 59))
            return false;

        minutes = (hours * 60) + rest;
        if (minutes > MaxOffsetMinutes)
            return false;

        minutes = text[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static bool TryReadPair(ReadOnlySpan<byte> text, out int value)
    {
        var (tens, ones) = ((uint)(text[0] - '0'), (uint)(text[1] - '0'));
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }

    /// <summary>Reads <c>00-00-00</c> from the first eight characters, which must exist, with the given separator.</summary>
    private static bool TryReadPairs(ReadOnlySpan<byte> text, char separator, out int first, out int second, out int third)
    {
        // The first character is the lowest byte. Subtracting the pattern leaves digits as 0 to 9 and separators as 0.
        const ulong Zeros = 0x3030_0030_3000_3030;
        const ulong Separators = 0x0000_0100_0001_0000;
        var found = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ (Zeros | (Separators * separator));

        // Adding this sets a byte's top bit when a digit is over 9 or a separator over 0.
        const ulong Slack = 0x7676_7F76_767F_7676;

        // Every byte becomes ten times itself plus the next byte; the first of each pair is then the pair's number.
        var pairs = (found * 10) + (found >> 8);
        first = (byte)pairs;
        second = (byte)(pairs >> 24);
        third = (byte)(pairs >> 48);
        return (((found + Slack) | found) & 0x8080_8080_8080_8080) == 0;
    }
}
