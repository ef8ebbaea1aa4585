namespace ExportFunctions.Datasets.Sources;

/// <summary>Reads dates and times from the texts SQLite databases hold them as, without making strings.</summary>
internal static class SqliteTimes
{
    /// <summary>Reads <c>yyyy-MM-dd</c>.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
            return false;

        if (!TryReadDigits(text[..4], out var year) || !TryReadDigits(text[5..7], out var month) || !TryReadDigits(text[8..], out var day))
            return false;

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>Reads <c>yyyy-MM-ddTHH:mm:ss[.f…][Z]</c> with T or a space, at most seven digits of fraction.</summary>
    public static bool TryReadTimestamp(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text.Length < 19 || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':' || !TryReadDate(text[..10], out var date))
            return false;

        if (!TryReadDigits(text[11..13], out var hour) || !TryReadDigits(text[14..16], out var minute) || !TryReadDigits(text[17..19], out var second))
            return false;

        if (hour > 23 || minute > 59 || second > 59 || !TryReadFraction(text[19..], out var ticks))
            return false;

        time = date.ToDateTime(new TimeOnly(hour, minute, second), DateTimeKind.Utc).AddTicks(ticks);
        return true;
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.EndsWith("Z"u8))
            text = text[..^1];

        if (text.IsEmpty)
            return true;

        var digits = text[1..];
        if (text[0] != '.' || digits.Length is 0 or > 7 || !TryReadDigits(digits, out var fraction))
            return false;

        ticks = fraction;
        for (var i = digits.Length; i < 7; i++)
            ticks *= 10;

        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var character in text)
        {
            if (character is < (byte)'0' or > (byte)'9')
                return false;

            number = (number * 10) + (character - '0');
        }

        return true;
    }
}
