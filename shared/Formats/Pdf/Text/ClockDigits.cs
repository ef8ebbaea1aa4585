namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>Writes dates and times by ISO 8601, truncated to the second, matching <see cref="Numbers.DefaultFormats"/>.</summary>
internal static class ClockDigits
{
    /// <summary>Writes a date in 10 bytes.</summary>
    public static int WriteDate(DateOnly date, Span<byte> target)
    {
        var (year, month, day) = date;
        var length = Two(year % 100, target, Two(year / 100, target, 0));
        target[length++] = (byte)'-';
        length = Two(month, target, length);
        target[length++] = (byte)'-';
        return Two(day, target, length);
    }

    /// <summary>Writes a time of day in 8 bytes.</summary>
    public static int WriteTime(TimeOnly time, Span<byte> target)
    {
        var length = Two(time.Hour, target, 0);
        target[length++] = (byte)':';
        length = Two(time.Minute, target, length);
        target[length++] = (byte)':';
        return Two(time.Second, target, length);
    }

    /// <summary>Writes a date and time in 19 bytes.</summary>
    public static int WriteDateAndTime(DateTime value, Span<byte> target)
    {
        var (date, time) = value;
        var length = WriteDate(date, target);
        target[length++] = (byte)' ';
        return length + WriteTime(time, target[length..]);
    }

    private static int Two(int value, Span<byte> target, int at)
    {
        target[at] = (byte)('0' + (value / 10));
        target[at + 1] = (byte)('0' + (value % 10));
        return at + 2;
    }
}
