using System.Runtime.CompilerServices;
using System.Text;
using ExportFunctions.Compression.Fields;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Records;

namespace ExportFunctions.Formats.Csv;

/// <summary>
/// Encodes CSV records. The tests compare it with CsvHelper, which writes the same bytes but takes about twice the time when formulas are
/// defused.
/// </summary>
internal sealed partial class CsvEncoder : RecordEncoder
{
    // Two quotes and a delimiter.
    private const int FrameBytes = 3;

    private readonly CsvDialect _dialect;
    private readonly Column[] _columns;
    private readonly string[] _headings;
    private readonly ZoneClock _clock;
    private readonly OrdinaryBytes _ordinary;
    private readonly CellStarts _cells;
    private readonly bool _isRaw;
    private readonly bool _isNullSigned;

    // Whether the delimiter is a TAB, which a reader that trims spaces skips at the start of a cell; no other delimiter begins a formula.
    private readonly bool _isSpaced;

    // Whether the current field may be read as the rest of a cell that began with a signed number. Texts are then quoted: a formula may
    // continue with a number or a name after the delimiter (such as a decimal comma), but not with a quoted text.
    private bool _isOpen;

    // Whether the previous field was a quoted text that ended with a possible end of cell. Its closing quote may then begin a cell that
    // continues across the line end (or a TAB) into a negative number, unless that is quoted, too.
    private bool _isDangling;
    private bool _isBehindDangling;

    /// <summary>Makes an encoder.</summary>
    /// <param name="layout">The columns, options and zone.</param>
    /// <param name="isFirst">Whether nothing stands before what it encodes.</param>
    public CsvEncoder(FileLayout layout, bool isFirst = true)
        : this(layout, new CsvDialect(layout))
    {
        _isDangling = !isFirst && !_isRaw;
    }

    private CsvEncoder(FileLayout layout, CsvDialect dialect)
        : base((layout.Columns.Count * (Math.Max(MaxValueBytes, dialect.NullText.Length) + FrameBytes)) + FrameBytes)
    {
        _dialect = dialect;
        _isRaw = dialect.Profile == InjectionProfile.Raw;
        _isSpaced = dialect.Delimiter == (byte)'\t';
        _isNullSigned = FormulaText.Begins(dialect.NullText);
        _headings = [.. layout.Columns.Select(column => HeadingOf(column, layout))];
        _clock = new ZoneClock(layout.TimeZone);
        _ordinary = OrdinaryOf(dialect);
        _cells = new CellStarts(dialect.Delimiter);
        _columns = [.. layout.Columns.Select(column => new Column(column.Type, column.Scale, IsQuoted(column, dialect.Quoting)))];
        Shape = RecordShape.Of(layout.Columns);
    }

    /// <inheritdoc/>
    public override FieldShape Shape { get; }

    /// <summary>Encodes the byte order mark, if requested, and the headings.</summary>
    public override void EncodeHeader()
    {
        Reserve(Slack);
        if (_dialect.HasMark)
            Append("\uFEFF"u8);

        for (var i = 0; i < _headings.Length; i++)
        {
            var start = Length;

            // Excel takes a file that begins with these letters for SYLK, and refuses to open it.
            var isMistaken = i == 0 && !_dialect.HasMark && _headings[i].StartsWith("ID", StringComparison.Ordinal);
            WriteSlowly(
                Encoding.UTF8.GetBytes(_headings[i]), TakeDangling(i) | isMistaken | _isOpen | (_dialect.Quoting != FieldQuoting.Minimal));
            EndField(start, i);
        }

        EndRecord();
    }

    /// <inheritdoc/>
    public override int Encode(RowBatch batch, int row)
    {
        for (; row < batch.Count && !IsFull; row++)
        {
            // Room for everything except texts, so that the code below needs no checks; texts reserve their own.
            Reserve(Slack);
            EncodeRecord(batch, row);
        }

        return row;
    }

    // In the raw profile, machines look columns up by name, and know the zone they requested.
    private string HeadingOf(DatasetColumn column, FileLayout layout)
    {
        if (_isRaw)
            return column.Name;

        return _dialect.TimestampFormat is null ? column.Title : layout.HeadingOf(column);
    }

    private static bool IsQuoted(DatasetColumn column, FieldQuoting quoting) => quoting switch
    {
        FieldQuoting.All => true,
        FieldQuoting.NonNumeric => column.Type is not (ColumnType.Integer or ColumnType.Decimal),
        _ => false,
    };

    private void EncodeRecord(RowBatch batch, int row)
    {
        _isOpen = false;
        var columns = _columns;
        var cells = batch.GetRow(row, columns.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            var start = Length;
            ref readonly var column = ref columns[i];
            var isDangling = TakeDangling(i);
            if (cells.IsNull(i))
                WriteNull(isDangling);
            else if (column.Type is ColumnType.Text or ColumnType.Identifier)
                WriteText(cells.GetText(i), column.IsQuoted | _isOpen | isDangling);
            else if (cells.IsUnfit(i))
                WriteUnfit(cells.GetText(i), isDangling);
            else if (column.IsQuoted)
                WriteQuoted(in cells, i, in column);
            else if (isDangling)
                WriteDangling(in cells, i, in column);
            else
                Length += WriteTyped(ref Buffer[Length], in cells, i, in column);

            EndField(start, i);
        }

        EndRecord();
    }

    private void WriteUnfit(ReadOnlySpan<byte> text, bool isDangling) =>
        WriteText(text, _isOpen | isDangling | (_dialect.Quoting != FieldQuoting.Minimal));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakeDangling(int index)
    {
        var isBehind = _isDangling & (index == 0 || _isSpaced);
        (_isBehindDangling, _isDangling) = (isBehind, false);
        return isBehind;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndField(int start, int index)
    {
        if (Length > start)
            Places?.Note(index, start, Length);

        Buffer[Length++] = _dialect.Delimiter;
        if (index == 0 || _isSpaced)
            _isOpen |= BeginsWithSign(start);
    }

    // Defused texts don't. After a quoted field, readers continue the cell.
    private bool BeginsWithSign(int start) =>
        !_isRaw && !IsHarmless[Buffer[start]] && FormulaText.Begins(Buffer.AsSpan(start, Length - 1 - start).TrimStart((byte)'"'));

    private void EndRecord()
    {
        // The line end replaces the last delimiter.
        if (_columns.Length > 0)
            Length--;

        Append(_dialect.LineEnd);
    }

    private void WriteDangling(in RowBatch.Row cells, int index, in Column column)
    {
        var length = WriteTyped(ref Buffer[Length + 1], in cells, index, in column);
        var value = Buffer.AsSpan(Length + 1, length);
        if (value[0] == '-')
        {
            Buffer[Length] = Buffer[Length + 1 + length] = (byte)'"';
            length += 2;
        }
        else
        {
            value.CopyTo(Buffer.AsSpan(Length));
        }

        Length += length;
    }

    private void WriteQuoted(in RowBatch.Row cells, int index, in Column column)
    {
        Buffer[Length++] = (byte)'"';
        Length += WriteTyped(ref Buffer[Length], in cells, index, in column);
        Buffer[Length++] = (byte)'"';
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int WriteTyped(ref byte to, in RowBatch.Row cells, int index, in Column column)
    {
        switch (column.Type)
        {
            case ColumnType.Integer:
                return AsciiDigits.WriteInteger(ref to, cells.GetInteger(index));
            case ColumnType.Decimal:
                return AsciiDigits.WriteDecimal(ref to, cells.GetDecimal(index), column.Scale, _dialect.DecimalSign);
            case ColumnType.Boolean:
                return WriteBoolean(ref to, cells.GetBoolean(index));
            case ColumnType.Date:
                return WriteDate(ref to, cells.GetDate(index));
            case ColumnType.Timestamp:
                return WriteTimestamp(ref to, cells.GetTimestamp(index));
            case ColumnType.LocalTimestamp:
                return WriteLocalTimestamp(ref to, cells.GetLocalTimestamp(index));
            case ColumnType.Time:
                return WriteTime(ref to, cells.GetTime(index));
            default:
                throw new InvalidOperationException($"No field is defined for the column type {column.Type}.");
        }
    }

    private void WriteNull(bool isDangling)
    {
        Append(_dialect.NullText);

        // Between two TABs nothing ends.
        _isDangling = isDangling && _isSpaced && _dialect.NullText.Length == 0;
    }

    private readonly record struct Column(ColumnType Type, int? Scale, bool IsQuoted);
}
