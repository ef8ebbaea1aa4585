using System.Globalization;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Formats.Xlsx;

internal sealed partial class SheetCells
{
    private static ReadOnlySpan<byte> ValueEnd => "</v></c>"u8;

    private void WriteInteger(SheetColumn column, long value, int index)
    {
        if (value is >= -XlsxLimits.LargestInteger and <= XlsxLimits.LargestInteger)
        {
            WriteNumber(column, value);
            return;
        }

        losses.Count(Loss.NumberAsText, index);
        WriteAsText(column, value, default);
    }

    private void WriteDecimal(SheetColumn column, decimal value, int index)
    {
        var room = buffer.Room(TagRoom + SheetNumbers.Longest);
        var written = Open(column, value.Scale == 0 ? column.WholeValue : column.Value, room);
        var digits = SheetNumbers.Write(value, column.Scale, room[written..], out var rounded);
        if (digits > 0)
        {
            Close(room, written + digits);
            return;
        }

        losses.Count(Loss.NumberAsText, index);
        WriteAsText(column, rounded, column.Scale is { } scale ? "F" + scale.ToString(CultureInfo.InvariantCulture) : default);
    }

    private void WriteDate(SheetColumn column, DateOnly date, int index)
    {
        var serial = date.DayNumber - XlsxLimits.SerialEpoch;
        if (serial >= XlsxLimits.FirstSerial)
        {
            WriteNumber(column, serial);
            return;
        }

        losses.Count(Loss.DateAsText, index);
        WriteAsText(column, date, "yyyy-MM-dd");
    }

    private void WriteWallClock(SheetColumn column, long ticks, int index)
    {
        if (ticks < XlsxLimits.FirstTimestampTicks)
        {
            // The year 1 has a day before it where the zone is behind UTC; it is as good as shown.
            losses.Count(Loss.DateAsText, index);
            WriteAsText(column, new DateTime(Math.Max(ticks, 0)), "yyyy-MM-dd HH:mm:ss.FFFFFFF");
            return;
        }

        if (ticks > DateTime.MaxValue.Ticks)
        {
            losses.Count(Loss.DateCapped, index);
            ticks = DateTime.MaxValue.Ticks - (DateTime.MaxValue.Ticks % column.TimeUnit);
        }

        WriteTime(column, ticks - XlsxLimits.SerialEpochTicks, index);
    }

    // A program may round what it shows up to the next second, and so to the next day or year: the cell holds what is shown.
    private void WriteTime(SheetColumn column, long ticks, int index)
    {
        var hidden = ticks % column.TimeUnit;
        if (hidden >= TimeSpan.TicksPerMillisecond)
            losses.Count(Loss.TimeCut, index);

        var room = buffer.Room(TagRoom + SheetNumbers.Longest);
        var written = Open(column, column.Value, room);
        Close(room, written + SheetNumbers.WriteSerial(ticks - hidden, room[written..]));
    }

    private void WriteNumber(SheetColumn column, long value)
    {
        var room = buffer.Room(TagRoom + SheetNumbers.Longest);
        var written = Open(column, column.Value, room);
        Close(room, written + SheetNumbers.Write(value, room[written..]));
    }

    private void WriteAsText<T>(SheetColumn column, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        buffer.Advance(Open(column, column.UnfitText.Value, buffer.Room(TagRoom)));
        buffer.Append(value, format);
        buffer.Append(ValueEnd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Close(Span<byte> room, int written)
    {
        ValueEnd.CopyTo(room[written..]);
        buffer.Advance(written + ValueEnd.Length);
    }
}
