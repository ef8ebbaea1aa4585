using System.Runtime.CompilerServices;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Numbers;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Writes rows of typed cells as sheet XML.</summary>
/// <param name="buffer">Where the XML goes.</param>
/// <param name="columns">The columns, in output order.</param>
/// <param name="clock">The zone of timestamps.</param>
/// <param name="references">Whether rows and cells carry their references.</param>
/// <param name="losses">Counts what a cell can't hold.</param>
/// <param name="links">Takes the hyperlinks.</param>
internal sealed partial class SheetCells(
    SheetBuffer buffer, SheetColumn[] columns, ZoneClock clock, bool references, SheetLosses losses, SheetLinks links)
{
    // Room for the longest beginning of a cell, references included, a value that is not text, and the end.
    private const int CellRoom = 256;

    private static readonly ulong RowStart = Unsafe.ReadUnaligned<ulong>(in "<row r=\""u8[0]);

    private int _rowNumber;

    // The row's number, formatted once for all of its cells: at most seven digits, in byte order.
    private ulong _rowDigits;
    private int _rowDigitsLength;

    /// <summary>Writes the header row.</summary>
    /// <param name="titles">The columns' titles.</param>
    public void WriteHeader(IReadOnlyList<string> titles)
    {
        BeginRow(rowNumber: 1, RowLines.OfTitles(titles, columns));
        for (var i = 0; i < titles.Count; i++)
        {
            buffer.Advance(Open(ref buffer.Reserve(CellRoom), columns[i], in columns[i].Header));
            SheetText.Append(buffer, SheetText.Fit(Encoding.UTF8.GetBytes(titles[i])));
            buffer.Append("</t></is></c>"u8);
        }

        buffer.Append("</row>"u8);
    }

    /// <summary>Writes one row.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row's position in the batch.</param>
    /// <param name="rowNumber">The row's number in the sheet, from 1.</param>
    /// <param name="mayWrap">Whether some text of the batch may take several lines.</param>
    public void WriteRow(RowBatch batch, int row, int rowNumber, bool mayWrap)
    {
        BeginRow(rowNumber, mayWrap ? RowLines.Of(batch, row, columns) : 1);
        var nulls = 0;
        var all = columns;
        var cells = batch.GetRow(row, all.Length);
        for (var i = 0; i < all.Length; i++)
        {
            if (cells.IsNull(i))
            {
                nulls++;
                continue;
            }

            if (nulls > 0)
                SkipNulls(nulls);

            nulls = 0;
            WriteCell(all[i], in cells, i);
        }

        buffer.Append("</row>"u8);
        buffer.EndRow();
    }

    private void BeginRow(int rowNumber, int lines)
    {
        _rowNumber = rowNumber;
        if (!references)
        {
            buffer.Append("<row"u8);
            EndRowTag(lines);
            return;
        }

        var digits = 0UL;
        _rowDigitsLength = EightDigits.Write(ref Unsafe.As<ulong, byte>(ref digits), (ulong)rowNumber);
        _rowDigits = digits;
        ref var to = ref buffer.Reserve(CellRoom);
        Unsafe.WriteUnaligned(ref to, RowStart);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, sizeof(ulong)), digits);
        var end = sizeof(ulong) + _rowDigitsLength;
        Unsafe.Add(ref to, end) = (byte)'"';
        buffer.Note(column: 0, sizeof(ulong), end);
        buffer.Advance(end + 1);
        EndRowTag(lines);
    }

    // Excel computes a missing row height, LibreOffice does not.
    private void EndRowTag(int lines)
    {
        if (lines > 1)
        {
            buffer.Append(" ht=\""u8);
            buffer.Append(Math.Min(lines, XlsxLimits.MaxRowLines) * XlsxLimits.RowHeight);
            buffer.Append("\""u8);
        }

        buffer.Append(">"u8);
    }

    // Without references a cell's place is its position in the row, so that nulls before it need an empty cell each.
    private void SkipNulls(int count)
    {
        if (references)
            return;

        for (; count > 0; count--)
            buffer.Append("<c/>"u8);
    }

    private void WriteCell(SheetColumn column, in RowBatch.Row cells, int index)
    {
        if (column.Type is ColumnType.Text or ColumnType.Identifier)
        {
            WriteText(column, cells.GetText(index), index);
            return;
        }

        if (cells.IsUnfit(index))
        {
            WriteUnfit(column, cells.GetText(index), index);
            return;
        }

        switch (column.Type)
        {
            case ColumnType.Integer:
                WriteInteger(column, cells.GetInteger(index), index);
                break;
            case ColumnType.Decimal:
                WriteDecimal(column, cells.GetDecimal(index), index);
                break;
            case ColumnType.Boolean:
                WriteNumber(column, cells.GetBoolean(index) ? 1 : 0);
                break;
            case ColumnType.Date:
                WriteDate(column, cells.GetDate(index), index);
                break;
            case ColumnType.Time:
                WriteTime(column, cells.GetTime(index).Ticks, index);
                break;
            case ColumnType.LocalTimestamp:
                WriteWallClock(column, cells.GetLocalTimestamp(index).Ticks, index);
                break;
            default:
                WriteWallClock(column, clock.ShowTicks(cells.GetTimestamp(index)), index);
                break;
        }
    }

    // Bytes past a piece's end are overwritten by the next one: copying a fixed size is faster than the exact length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Open(ref byte to, SheetColumn column, in CellTag tag)
    {
        if (!references)
            return tag.CopyTo(ref to);

        var written = column.Opening.CopyTo(ref to);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, written), _rowDigits);
        written += _rowDigitsLength;
        return written + tag.CopyTo(ref Unsafe.Add(ref to, written));
    }
}
