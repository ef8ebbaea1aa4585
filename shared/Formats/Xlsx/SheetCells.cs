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
internal sealed partial class SheetCells(SheetBuffer buffer, SheetColumn[] columns, ZoneClock clock, bool references)
{
    // Room for the longest tag around a cell, references included.
    private const int TagRoom = 128;

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
    public void WriteRow(RowBatch batch, int row, int rowNumber)
    {
        BeginRow(rowNumber);
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

    private void WriteCell(SheetColumn column, RowBatch batch, int row, int index)
    {
        if (batch.IsUnfit(row, index))
        {
            WriteText(column, batch.GetText(row, index));
            return;
        }

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
                WriteNumber(column, batch.GetBoolean(row, index) ? 1 : 0);
                break;
            case ColumnType.Date:
                WriteDate(column, batch.GetDate(row, index));
                break;
            case ColumnType.LocalTimestamp:
                WriteLocalTimestamp(column, batch.GetLocalTimestamp(row, index));
                break;
            case ColumnType.Time:
                WriteTime(column, batch.GetTime(row, index));
                break;
            default:
                WriteTimestamp(column, batch.GetTimestamp(row, index));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Open(SheetColumn column, CellTag tag, Span<byte> room) =>
        references ? OpenWithReference(column, tag, room) : tag.CopyTo(room);

    private int OpenWithReference(SheetColumn column, CellTag tag, Span<byte> room)
    {
        "<c r=\""u8.CopyTo(room);
        var written = 6;
        column.Letters.CopyTo(room[written..]);
        written += column.Letters.Length;
        written += SheetNumbers.Write(_rowNumber, room[written..]);
        room[written++] = (byte)'"';
        tag.Rest.CopyTo(room[written..]);
        return written + tag.Rest.Length;
    }
}
