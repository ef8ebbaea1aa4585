using System.Globalization;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Formats.Xlsx;

internal sealed partial class SheetCells
{
    private static ReadOnlySpan<byte> ValueEnd => "</v></c>"u8;

    private void WriteText(SheetColumn column, ReadOnlySpan<byte> text)
    {
        var fitting = SheetText.Fit(text);
        if (fitting.Length < text.Length)
            Truncated++;

        // Some readers take an empty value for no cell at all, but not an empty inline string.
        if (fitting.IsEmpty || SheetText.NeedsPreserving(fitting))
        {
            WriteInline(column, fitting);
            return;
        }

        var room = buffer.Room(fitting.Length + TagRoom);
        var written = Open(column, FormulaText.Begins(fitting) ? column.FormulaText : column.Text, room);
        if (SheetText.TryCopy(fitting, room[written..]))
            Close(room, written + fitting.Length);
        else
            WriteInline(column, fitting);
    }

    // LibreOffice takes _x0007_ in a plain value at its word, and for a BEL in an inline string, as Excel does in both.
    private void WriteInline(SheetColumn column, ReadOnlySpan<byte> text)
    {
        buffer.Advance(Open(column, FormulaText.Begins(text) ? column.InlineFormulaText : column.InlineText, buffer.Room(TagRoom)));
        if (SheetText.Append(buffer, text))
            Replaced++;

        buffer.Append("</t></is></c>"u8);
    }

    private void WriteInteger(SheetColumn column, long value)
    {
        if (value is >= -XlsxLimits.LargestInteger and <= XlsxLimits.LargestInteger)
            WriteNumber(column, value);
        else
            WriteAsText(column, value, default);
    }

    private void WriteDecimal(SheetColumn column, decimal value)
    {
        var room = buffer.Room(TagRoom + SheetNumbers.Longest);
        var written = Open(column, column.Value, room);
        var scale = column.Scale ?? value.Scale;
        var digits = SheetNumbers.Write(value, scale, room[written..], out var rounded);
        if (digits == 0)
            WriteAsText(column, rounded, "F" + scale.ToString(CultureInfo.InvariantCulture));
        else
            Close(room, written + digits);
    }

    private void WriteDate(SheetColumn column, DateOnly date)
    {
        var serial = date.DayNumber - XlsxLimits.SerialEpoch;
        if (serial >= XlsxLimits.FirstSerial)
            WriteNumber(column, serial);
        else
            WriteAsText(column, date, "yyyy-MM-dd");
    }

    private void WriteTimestamp(SheetColumn column, DateTime utc)
    {
        WriteLocalTimestamp(column, clock.Show(utc, out _));
    }

    private void WriteLocalTimestamp(SheetColumn column, DateTime local)
    {
        var ticks = local.Ticks - XlsxLimits.SerialEpochTicks;
        if (ticks < XlsxLimits.FirstSerial * TimeSpan.TicksPerDay)
        {
            WriteAsText(column, local, "yyyy-MM-dd HH:mm:ss.FFFFFFF");
            return;
        }

        var room = buffer.Room(TagRoom + SheetNumbers.Longest);
        var written = Open(column, column.Value, room);
        Close(room, written + SheetNumbers.WriteSerial(ticks, room[written..]));
    }

    private void WriteTime(SheetColumn column, TimeOnly time)
    {
        var room = buffer.Room(TagRoom + SheetNumbers.Longest);
        var written = Open(column, column.Value, room);
        Close(room, written + SheetNumbers.WriteSerial(time.Ticks, room[written..]));
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
        buffer.Advance(Open(column, column.NumberText, buffer.Room(TagRoom)));
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
