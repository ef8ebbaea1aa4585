using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Writes rows of typed cells as sheet XML.</summary>
/// <param name="buffer">Where the XML goes.</param>
/// <param name="columns">The columns, in output order.</param>
/// <param name="clock">The zone of timestamps.</param>
/// <param name="references">Whether rows and cells carry their references.</param>
/// <param name="losses">Counts what a cell can't hold.</param>
/// <param name="links">Takes the hyperlinks.</param>
internal sealed partial class SheetCells(SheetBuffer buffer, SheetColumn[] columns, ZoneClock clock, bool references, SheetLosses losses, SheetLinks links)
{
    // Room for the longest tag around a cell, references included.
    private const int TagRoom = 160;

    private int _rowNumber;

    // The row's number, made once for all of its cells: seven digits at most, in the order of their bytes.
    private ulong _rowDigits;
    private int _rowDigitsLength;

    /// <summary>Writes the header row.</summary>
    /// <param name="titles">The columns' titles.</param>
    public void WriteHeader(IReadOnlyList<string> titles)
    {
        BeginRow(rowNumber: 1, RowLines.OfTitles(titles, columns));
        for (var i = 0; i < titles.Count; i++)
        {
            buffer.Advance(Open(columns[i], columns[i].Header, buffer.Room(TagRoom)));
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
        for (var i = 0; i < all.Length; i++)
        {
            if (batch.IsNull(row, i))
            {
                nulls++;
                continue;
            }

            if (nulls > 0)
                SkipNulls(nulls);

            nulls = 0;
            WriteCell(all[i], batch, row, i);
        }

        buffer.Append("</row>"u8);
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

        Span<byte> digits = stackalloc byte[sizeof(ulong)];
        Utf8Formatter.TryFormat(rowNumber, digits, out _rowDigitsLength);
        _rowDigits = BinaryPrimitives.ReadUInt64LittleEndian(digits);
        var room = buffer.Room(TagRoom);
        "<row r=\""u8.CopyTo(room);
        BinaryPrimitives.WriteUInt64LittleEndian(room[8..], _rowDigits);
        room[8 + _rowDigitsLength] = (byte)'"';
        buffer.Advance(9 + _rowDigitsLength);
        EndRowTag(lines);
    }

    // Excel finds the height of a row without one by itself, LibreOffice does not.
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

    private void WriteCell(SheetColumn column, RowBatch batch, int row, int index)
    {
        if (column.Type is ColumnType.Text or ColumnType.Identifier)
        {
            WriteText(column, batch.GetText(row, index), index);
            return;
        }

        if (batch.IsUnfit(row, index))
        {
            WriteUnfit(column, batch.GetText(row, index), index);
            return;
        }

        switch (column.Type)
        {
            case ColumnType.Integer:
                WriteInteger(column, batch.GetInteger(row, index), index);
                break;
            case ColumnType.Decimal:
                WriteDecimal(column, batch.GetDecimal(row, index), index);
                break;
            case ColumnType.Boolean:
                WriteNumber(column, batch.GetBoolean(row, index) ? 1 : 0);
                break;
            case ColumnType.Date:
                WriteDate(column, batch.GetDate(row, index), index);
                break;
            case ColumnType.Time:
                WriteTime(column, batch.GetTime(row, index).Ticks, index);
                break;
            case ColumnType.LocalTimestamp:
                WriteWallClock(column, batch.GetLocalTimestamp(row, index).Ticks, index);
                break;
            default:
                WriteWallClock(column, clock.ShowTicks(batch.GetTimestamp(row, index)), index);
                break;
        }
    }

    // What stands between the pieces' ends is overwritten by the next one: each is copied at a fixed size, faster than at its own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Open(SheetColumn column, CellTag tag, Span<byte> room)
    {
        if (!references)
            return tag.CopyTo(room);

        var written = column.Opening.CopyTo(room);
        BinaryPrimitives.WriteUInt64LittleEndian(room[written..], _rowDigits);
        written += _rowDigitsLength;
        return written + tag.CopyTo(room[written..]);
    }
}
