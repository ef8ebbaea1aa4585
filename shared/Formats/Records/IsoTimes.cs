using System.Runtime.CompilerServices;

namespace ExportFunctions.Formats.Records;

/// <summary>
/// Writes dates and times as ISO 8601, with a fraction of a second only if it is not zero. As in <see cref="AsciiDigits"/>, the target must
/// have <see cref="RecordEncoder.MaxValueBytes"/>.
/// </summary>
internal static class IsoTimes
{
    public static int WriteDate(ref byte to, DateOnly date)
    {
        var (year, month, day) = date;
        return WriteDate(ref to, year, month, day);
    }

    /// <summary>Writes an instant: its wall-clock time, and <c>Z</c> or the offset.</summary>
    public static int WriteTimestamp(ref byte to, DateTime local, TimeSpan offset, bool isUtc)
    {
        var length = WriteLocalTimestamp(ref to, local);
        if (isUtc)
        {
            Unsafe.Add(ref to, length) = (byte)'Z';
            return length + 1;
        }

        WriteOffset(ref Unsafe.Add(ref to, length), (int)(offset.Ticks / TimeSpan.TicksPerMinute));
        return length + 6;
    }

    /// <summary>Writes a wall-clock date and time, without zone.</summary>
    public static int WriteLocalTimestamp(ref byte to, DateTime local)
    {
        var (year, month, day) = local;
        WriteDate(ref to, year, month, day);
        Unsafe.Add(ref to, 10) = (byte)'T';
        return 11 + WriteTime(ref Unsafe.Add(ref to, 11), (ulong)local.TimeOfDay.Ticks);
    }

    /// <summary>Writes a time of day.</summary>
    public static int WriteTime(ref byte to, TimeOnly time) => WriteTime(ref to, (ulong)time.Ticks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteDate(ref byte to, int year, int month, int day)
    {
        AsciiDigits.WritePair(ref to, 0, (uint)year / 100);
        AsciiDigits.WritePair(ref to, 2, (uint)year % 100);
        Unsafe.Add(ref to, 4) = (byte)'-';
        AsciiDigits.WritePair(ref to, 5, (uint)month);
        Unsafe.Add(ref to, 7) = (byte)'-';
        AsciiDigits.WritePair(ref to, 8, (uint)day);
        return 10;
    }

    private static int WriteTime(ref byte to, ulong ticks)
    {
        var seconds = (uint)(ticks / TimeSpan.TicksPerSecond);
        var minutes = seconds / 60;
        AsciiDigits.WritePair(ref to, 0, minutes / 60);
        Unsafe.Add(ref to, 2) = (byte)':';
        AsciiDigits.WritePair(ref to, 3, minutes % 60);
        Unsafe.Add(ref to, 5) = (byte)':';
        AsciiDigits.WritePair(ref to, 6, seconds % 60);
        var fraction = (uint)(ticks - ((ulong)seconds * TimeSpan.TicksPerSecond));
        return fraction == 0 ? 8 : 8 + WriteFraction(ref Unsafe.Add(ref to, 8), fraction);
    }

    // Seven digits without trailing zeros.
    private static int WriteFraction(ref byte to, uint ticks)
    {
        to = (byte)'.';
        var length = 8;
        for (; ticks % 10 == 0; ticks /= 10)
            length--;

        for (var i = length - 1; i > 0; i--, ticks /= 10)
            Unsafe.Add(ref to, i) = (byte)('0' + (ticks % 10));

        return length;
    }

    private static void WriteOffset(ref byte to, int minutes)
    {
        to = minutes < 0 ? (byte)'-' : (byte)'+';
        var distance = (uint)Math.Abs(minutes);
        AsciiDigits.WritePair(ref to, 1, distance / 60);
        Unsafe.Add(ref to, 3) = (byte)':';
        AsciiDigits.WritePair(ref to, 4, distance % 60);
    }
}
