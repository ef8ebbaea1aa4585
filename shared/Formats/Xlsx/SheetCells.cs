using System.Diagnostics;
using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Writes rows of typed cells as sheet XML.</summary>
/// <param name="buffer">Where the XML goes.</param>
/// <param name="columns">The columns, in output order.</param>
/// <param name="clock">The zone of timestamps.</param>
/// <param name="references">Whether rows and cells carry their references.</param>
internal sealed class SheetCells(SheetBuffer buffer, SheetColumn[] columns, ZoneClock clock, bool references)
{
    private int _rowNumber;

    /// <summary>The text cells that were cut so far.</summary>
    public long Truncated { get; private set; }

    /// <summary>The text cells with replaced characters so far.</summary>
    public long Replaced { get; private set; }

    /// <summary>Writes the header row.</summary>
    /// <param name="titles">The columns' titles.</param>
    public void WriteHeader(IReadOnlyList<string> titles)
    {
        BeginRow(rowNumber: 1);
        for (var i = 0; i < titles.Count; i++)
        {
            Open(columns[i], columns[i].Header);
            SheetText.Append(buffer, SheetText.Fit(Encoding.UTF8.GetBytes(titles[i])));
            buffer.Append("</t></is></c>"u8);
        }

        buffer.Append("</row>"u8);
    }

    /// <summary>Writes one row.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row's position in the batch.</param>
    /// <param name="rowNumber">The row's number in the sheet, from 1.</param>
    public void WriteRow(RowBatch batch, int row, int rowNumber)
    {
        BeginRow(rowNumber);
        var nulls = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            if (batch.IsNull(row, i))
            {
                nulls++;
                continue;
            }

            SkipNulls(nulls);
            nulls = 0;
            WriteCell(batch, row, i);
        }

        buffer.Append("</row>"u8);
    }

    private void BeginRow(int rowNumber)
    {
        _rowNumber = rowNumber;
        if (!references)
        {
            buffer.Append("<row>"u8);
            return;
        }

        buffer.Append("<row r=\""u8);
        buffer.Append(rowNumber);
        buffer.Append("\">"u8);
    }

    // Without references a cell's place is its position in the row, so that nulls before it need an empty cell each.
    private void SkipNulls(int count)
    {
        if (references)
            return;

        for (; count > 0; count--)
            buffer.Append("<c/>"u8);
    }

    private void WriteCell(RowBatch batch, int row, int index)
    {
        var column = columns[index];
        switch (column.Type)
        {
            case ColumnType.Text or ColumnType.Identifier:
                WriteText(column, batch.GetText(row, index));
                break;
            case ColumnType.Integer:
                WriteInteger(column, batch.GetInteger(row, index));
                break;
            case ColumnType.Decimal:
                WriteDecimal(column, batch.GetDecimal(row, index));
                break;
            case ColumnType.Boolean:
                Open(column, column.Value);
                buffer.Append(batch.GetBoolean(row, index) ? "1</v></c>"u8 : "0</v></c>"u8);
                break;
            case ColumnType.Date:
                WriteDate(column, batch.GetDate(row, index));
                break;
            case ColumnType.Timestamp:
                WriteTimestamp(column, batch.GetTimestamp(row, index));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void WriteText(SheetColumn column, ReadOnlySpan<byte> text)
    {
        var fitting = SheetText.Fit(text);
        if (fitting.Length < text.Length)
            Truncated++;

        if (FormulaText.Begins(fitting))
            Open(column, SheetText.NeedsPreserving(fitting) ? column.PreservedFormulaText : column.FormulaText);
        else
            Open(column, SheetText.NeedsPreserving(fitting) ? column.PreservedText : column.Text);

        if (SheetText.Append(buffer, fitting))
            Replaced++;

        buffer.Append("</t></is></c>"u8);
    }

    private void WriteInteger(SheetColumn column, long value)
    {
        if (value is >= -XlsxLimits.LargestInteger and <= XlsxLimits.LargestInteger)
            WriteValue(column, value);
        else
            WriteAsText(column, value, default);
    }

    private void WriteDecimal(SheetColumn column, decimal value)
    {
        var rounded = decimal.Round(value, column.Scale, MidpointRounding.AwayFromZero);
        if (HasFewDigits(rounded))
            WriteValue(column, rounded == 0 ? 0m : rounded);
        else
            WriteAsText(column, rounded, "F" + column.Scale.ToString(CultureInfo.InvariantCulture));
    }

    private void WriteDate(SheetColumn column, DateOnly date)
    {
        var serial = date.DayNumber - XlsxLimits.SerialEpoch;
        if (serial >= XlsxLimits.FirstSerial)
            WriteValue(column, serial);
        else
            WriteAsText(column, date, "yyyy-MM-dd");
    }

    private void WriteTimestamp(SheetColumn column, DateTime utc)
    {
        var local = clock.Show(utc, out _);

        // Subtracting first keeps the digits of the time of day.
        var serial = (local.Ticks - XlsxLimits.SerialEpochTicks) / (double)TimeSpan.TicksPerDay;
        if (serial >= XlsxLimits.FirstSerial)
            WriteValue(column, serial);
        else
            WriteAsText(column, local, "yyyy-MM-dd HH:mm:ss.FFFFFFF");
    }

    private void WriteValue<T>(SheetColumn column, T value)
        where T : IUtf8SpanFormattable
    {
        Open(column, column.Value);
        buffer.Append(value);
        buffer.Append("</v></c>"u8);
    }

    private void WriteAsText<T>(SheetColumn column, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Open(column, column.NumberText);
        buffer.Append(value, format);
        buffer.Append("</t></is></c>"u8);
    }

    private void Open(SheetColumn column, byte[] tag)
    {
        if (!references)
        {
            buffer.Append(tag);
            return;
        }

        buffer.Append("<c r=\""u8);
        buffer.Append(column.Letters);
        buffer.Append(_rowNumber);
        buffer.Append("\""u8);
        buffer.Append(tag.AsSpan("<c".Length));
    }

    // At most 15 digits from the first to the last that is not zero: what a double keeps.
    private static bool HasFewDigits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        if (bits[2] == 0 && (((ulong)(uint)bits[1] << 32) | (uint)bits[0]) <= XlsxLimits.LargestInteger)
            return true;

        var digits = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        while (digits % 10 == 0)
            digits /= 10;

        return digits <= XlsxLimits.LargestInteger;
    }
}
