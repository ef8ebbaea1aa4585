using System.Runtime.CompilerServices;
using ExportFunctions.Compression.Fields;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Records;

namespace ExportFunctions.Formats.Jsonl;

/// <summary>Encodes records as JSON objects, one per line.</summary>
internal sealed partial class JsonlEncoder : RecordEncoder
{
    // 2 to the power of 53, less one: the last integer that every reader of JSON gets right (RFC 8259, section 6).
    private const long MaxSafeInteger = 9_007_199_254_740_991;

    // Two quotes around a value, and the braces and line end of its record.
    private const int FrameBytes = 5;

    private readonly Column[] _columns;
    private readonly ZoneClock _clock;
    private readonly bool _omitsNulls;
    private readonly bool _quotesLargeIntegers;
    private readonly bool _quotesDecimals;

    /// <summary>Makes an encoder.</summary>
    /// <param name="layout">The columns, options and zone.</param>
    public JsonlEncoder(FileLayout layout)
        : this(layout, [.. layout.Columns.Select(column => new Column(column.Type, column.Scale, JsonlProperty.Of(column.Name)))])
    {
    }

    private JsonlEncoder(FileLayout layout, Column[] columns)
        : base(columns.Sum(column => column.Property.Room + MaxValueBytes + FrameBytes) + FrameBytes)
    {
        _columns = columns;
        Shape = new FieldShape(columns.Length);
        _clock = new ZoneClock(layout.TimeZone);
        _omitsNulls = layout.Options.Nulls == NullProperties.Omit;
        _quotesLargeIntegers = layout.Options.LargeIntegers == NumberForm.String;
        _quotesDecimals = layout.Options.Decimals == NumberForm.String;
    }

    /// <inheritdoc/>
    public override FieldShape Shape { get; }

    /// <summary>Encodes nothing: JSON Lines has no header.</summary>
    public override void EncodeHeader()
    {
        // No headings.
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

    private void EncodeRecord(RowBatch batch, int row)
    {
        var start = Length;
        for (var i = 0; i < _columns.Length; i++)
        {
            ref readonly var column = ref _columns[i];
            if (batch.IsNull(row, i))
            {
                WriteNull(column.Property, i);
                continue;
            }

            Length += column.Property.CopyTo(ref Buffer[Length]);
            var valueStart = Length;
            if (column.Type is ColumnType.Text or ColumnType.Identifier || batch.IsUnfit(row, i))
                WriteText(batch.GetText(row, i));
            else
                Length += WriteTyped(ref Buffer[Length], batch, row, i, in column);

            Places?.Note(i, valueStart, Length);
        }

        // Each property begins with a comma; the brace takes the place of the first one.
        if (Length == start)
            Length++;

        Buffer[start] = (byte)'{';
        Append("}\n"u8);
    }

    private void WriteNull(JsonlProperty property, int index)
    {
        if (_omitsNulls)
            return;

        Length += property.CopyTo(ref Buffer[Length]);
        Places?.Note(index, Length, Length + "null"u8.Length);
        Append("null"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int WriteTyped(ref byte to, RowBatch batch, int row, int index, in Column column)
    {
        switch (column.Type)
        {
            case ColumnType.Integer:
                return WriteInteger(ref to, batch.GetInteger(row, index));
            case ColumnType.Decimal:
                return WriteDecimal(ref to, batch.GetDecimal(row, index), column.Scale);
            case ColumnType.Boolean:
                return WriteBoolean(ref to, batch.GetBoolean(row, index));
            case ColumnType.Date:
                return Quote(ref to, IsoTimes.WriteDate(ref Unsafe.Add(ref to, 1), batch.GetDate(row, index)));
            case ColumnType.Timestamp:
                var local = _clock.Show(batch.GetTimestamp(row, index), out var offset);
                return Quote(ref to, IsoTimes.WriteTimestamp(ref Unsafe.Add(ref to, 1), local, offset, _clock.IsUtc));
            case ColumnType.LocalTimestamp:
                return Quote(ref to, IsoTimes.WriteLocalTimestamp(ref Unsafe.Add(ref to, 1), batch.GetLocalTimestamp(row, index)));
            case ColumnType.Time:
                return Quote(ref to, IsoTimes.WriteTime(ref Unsafe.Add(ref to, 1), batch.GetTime(row, index)));
            default:
                throw new InvalidOperationException($"No value is defined for the column type {column.Type}.");
        }
    }

    private int WriteInteger(ref byte to, long value) => _quotesLargeIntegers && value is > MaxSafeInteger or < -MaxSafeInteger
        ? Quote(ref to, AsciiDigits.WriteInteger(ref Unsafe.Add(ref to, 1), value))
        : AsciiDigits.WriteInteger(ref to, value);

    private int WriteDecimal(ref byte to, decimal value, int? scale) => _quotesDecimals
        ? Quote(ref to, AsciiDigits.WriteDecimal(ref Unsafe.Add(ref to, 1), value, scale, (byte)'.'))
        : AsciiDigits.WriteDecimal(ref to, value, scale, (byte)'.');

    // Adds quotes around a value that was written one byte further on.
    private static int Quote(ref byte to, int length)
    {
        to = Unsafe.Add(ref to, length + 1) = (byte)'"';
        return length + 2;
    }

    private readonly record struct Column(ColumnType Type, int? Scale, JsonlProperty Property);
}
