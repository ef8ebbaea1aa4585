namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>Writes dates and times by ISO 8601, as <see cref="NumberFormat.Date"/> and <see cref="NumberFormat.Timestamp"/> say.</summary>
internal static class ClockDigits
{
    /// <summary>Writes a date in 10 bytes.</summary>
    public static int WriteDate(DateOnly date, Span<byte> target)
    {
        var (year, month, day) = date;
        return Write(year, month, day, target);
    }

    /// <summary>Writes a date and time in 19 bytes.</summary>
    public static int WriteTime(DateTime time, Span<byte> target)
    {
        var (date, clock) = time;
        var length = WriteDate(date, target);
        target[length++] = (byte)' ';
        length = Two(clock.Hour, target, length);
        target[length++] = (byte)':';
        length = Two(clock.Minute, target, length);
        target[length++] = (byte)':';
        return Two(clock.Second, target, length);
    }

    private static int Write(int year, int month, int day, Span<byte> target)
    {
        var length = Two(year % 100, target, Two(year / 100, target, 0));
        target[length++] = (byte)'-';
        length = Two(month, target, length);
        target[length++] = (byte)'-';
        return Two(day, target, length);
    }

    private static int Two(int value, Span<byte> target, int at)
    {
        target[at] = (byte)('0' + (value / 10));
        target[at + 1] = (byte)('0' + (value % 10));
        return at + 2;
    }
}
