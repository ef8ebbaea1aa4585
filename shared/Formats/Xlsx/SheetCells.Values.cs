using System.Globalization;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Formats.Xlsx;

internal sealed partial class SheetCells
{
    private static readonly ulong ValueEnd = Unsafe.ReadUnaligned<ulong>(in "</v></c>"u8[0]);

    private void WriteInteger(SheetColumn column, long value, int index)
    {
        if (value is >= -XlsxLimits.MaxInteger and <= XlsxLimits.MaxInteger)
        {
            WriteNumber(column, value);
            return;
        }

        losses.Count(Loss.NumberAsText, index);
        WriteAsText(column, value, default);
    }

    private void WriteDecimal(SheetColumn column, decimal value, int index)
    {
        ref var to = ref buffer.Reserve(CellRoom);
        var start = Open(ref to, column, in value.Scale == 0 ? ref column.WholeValue : ref column.Value);
        var digits = SheetNumbers.Write(value, column.Scale, ref Unsafe.Add(ref to, start), out var rounded);
        if (digits > 0)
        {
            Close(ref to, column, start, start + digits);
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
            losses.Count(Loss.TimeTruncated, index);

        ref var to = ref buffer.Reserve(CellRoom);
        var start = Open(ref to, column, in column.Value);
        Close(ref to, column, start, start + SheetNumbers.WriteSerial(ticks - hidden, ref Unsafe.Add(ref to, start)));
    }

    private void WriteNumber(SheetColumn column, long value)
    {
        ref var to = ref buffer.Reserve(CellRoom);
        var start = Open(ref to, column, in column.Value);
        Close(ref to, column, start, start + SheetNumbers.Write(value, ref Unsafe.Add(ref to, start)));
    }

    private void WriteAsText<T>(SheetColumn column, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        buffer.Advance(Open(ref buffer.Reserve(CellRoom), column, in column.UnfitText.Value));
        buffer.BeginValue();
        buffer.Append(value, format);
        buffer.EndValue(column.Place);
        buffer.Append("</v></c>"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Close(ref byte to, SheetColumn column, int start, int end)
    {
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, end), ValueEnd);
        buffer.Note(column.Place, start, end);
        buffer.Advance(end + sizeof(ulong));
    }
}
