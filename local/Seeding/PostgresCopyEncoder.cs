using System.Buffers;
using System.Buffers.Binary;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Local.Seeding;

/// <summary>Encodes rows in the binary format of PostgreSQL's COPY (its manual, "COPY", section "Binary Format").</summary>
internal sealed class PostgresCopyEncoder(IReadOnlyList<SchoolColumn> columns, IBufferWriter<byte> output)
{
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly int EpochDay = DateOnly.FromDateTime(Epoch).DayNumber;

    /// <summary>Writes the signature, no flags and no extension.</summary>
    public void WriteHeader() => output.Write((ReadOnlySpan<byte>)[.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>Writes every row of the batch.</summary>
    public void WriteRows(RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            WriteShort(columns.Count);
            for (var column = 0; column < columns.Count; column++)
            {
                if (batch.IsNull(row, column))
                    WriteInt(-1);
                else
                    WriteValue(batch, row, column);
            }
        }
    }

    /// <summary>Writes the end marker.</summary>
    public void WriteTrailer() => WriteShort(-1);

    private void WriteValue(RowBatch batch, int row, int column)
    {
        switch (columns[column].Type)
        {
            case ColumnType.Integer:
                WriteLong(batch.GetInteger(row, column));
                break;
            case ColumnType.Decimal:
                WriteNumeric(batch.GetDecimal(row, column), columns[column].Scale);
                break;
            case ColumnType.Boolean:
                WriteBytes([batch.GetBoolean(row, column) ? (byte)1 : (byte)0]);
                break;
            case ColumnType.Date:
                WriteInt(sizeof(int));
                WriteInt(batch.GetDate(row, column).DayNumber - EpochDay);
                break;
            case ColumnType.Timestamp:
                WriteLong((batch.GetTimestamp(row, column) - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);
                break;
            default:
                WriteBytes(batch.GetText(row, column));
                break;
        }
    }

    /// <summary>
    /// A numeric is a sequence of base-10,000 digits: some before the decimal point and, with a scale of at most 4, one after it.
    /// </summary>
    private void WriteNumeric(decimal value, int scale)
    {
        const int Base = 10_000;
        const int Negative = 0x4000;

        Span<short> digits = stackalloc short[8];
        var count = 0;
        for (var rest = (ulong)(Math.Abs(value) * Base); rest > 0; rest /= Base)
            digits[count++] = (short)(rest % Base);
        digits = digits[..count];
        digits.Reverse();

        WriteInt((4 + digits.Length) * sizeof(short));
        WriteShort(digits.Length);
        WriteShort(digits.Length - 2);
        WriteShort(value < 0 ? Negative : 0);
        WriteShort(scale);
        foreach (var digit in digits)
            WriteShort(digit);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteInt(bytes.Length);
        output.Write(bytes);
    }

    private void WriteLong(long value)
    {
        WriteInt(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    private void WriteInt(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), value);
        output.Advance(sizeof(int));
    }

    private void WriteShort(int value)
    {
        BinaryPrimitives.WriteInt16BigEndian(output.GetSpan(sizeof(short)), (short)value);
        output.Advance(sizeof(short));
    }
}
