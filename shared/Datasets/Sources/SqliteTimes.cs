using System.Buffers.Binary;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Reads dates and times from the texts SQLite databases hold them as, eight characters at a time and without making strings.</summary>
internal static class SqliteTimes
{
    private const int DateLength = 10;
    private const int SecondsLength = 19;

    /// <summary>Reads <c>yyyy-MM-dd</c>.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != DateLength || !TryReadDay(text, out var day))
            return false;

        date = DateOnly.FromDayNumber(day);
        return true;
    }

    /// <summary>Reads <c>yyyy-MM-ddTHH:mm:ss[.f…][Z]</c> with T or a space, at most seven digits of fraction.</summary>
    public static bool TryReadTimestamp(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text.Length < SecondsLength || text[DateLength] is not ((byte)'T' or (byte)' ') || !TryReadDay(text, out var day))
            return false;

        if (!TryReadPairs(text[11..], ':', out var hour, out var minute, out var second) || hour > 23 || minute > 59 || second > 59)
            return false;

        if (!TryReadFraction(text[SecondsLength..], out var fraction))
            return false;

        var seconds = (day * 86_400L) + (hour * 3_600) + (minute * 60) + second;
        time = new DateTime((seconds * TimeSpan.TicksPerSecond) + fraction, DateTimeKind.Utc);
        return true;
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

    /// <summary>Reads <c>00-00-00</c> from the first eight characters, which must be there, with the separator asked for.</summary>
    private static bool TryReadPairs(ReadOnlySpan<byte> text, char separator, out int first, out int second, out int third)
    {
        // The first character is the lowest byte. What the pattern takes off leaves digits as 0 to 9 and separators as 0.
        const ulong Zeros = 0x3030_0030_3000_3030;
        const ulong Separators = 0x0000_0100_0001_0000;
        var found = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ (Zeros | (Separators * separator));

        // Added to a byte this sets its top bit when a digit is over 9 and a separator over 0.
        const ulong Slack = 0x7676_7F76_767F_7676;

        // Every byte becomes ten times itself and the byte after it; the first of each pair is then the pair's number.
        var pairs = (found * 10) + (found >> 8);
        first = (byte)pairs;
        second = (byte)(pairs >> 24);
        third = (byte)(pairs >> 48);
        return (((found + Slack) | found) & 0x8080_8080_8080_8080) == 0;
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.EndsWith("Z"u8))
            text = text[..^1];

        if (text.IsEmpty)
            return true;

        var digits = text[1..];
        if (text[0] != '.' || digits.Length is 0 or > 7)
            return false;

        foreach (var character in digits)
        {
            if (character is < (byte)'0' or > (byte)'9')
                return false;

            ticks = (ticks * 10) + (character - '0');
        }

        for (var i = digits.Length; i < 7; i++)
            ticks *= 10;

        return true;
    }
}
