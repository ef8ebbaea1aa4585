using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>Turns cells into the characters a page shows: decimals with all digits of their scale, dates and times by ISO 8601 unless the column says otherwise, and Yes or No.</summary>
/// <param name="layout">The columns and the zone.</param>
/// <param name="mostBytes">The most UTF-8 bytes of a text that are looked at.</param>
internal sealed class CellText(FileLayout layout, int mostBytes = CellText.MostBytes)
{
    /// <summary>The most UTF-8 bytes of a text that are looked at: far more than a line of a page holds.</summary>
    public const int MostBytes = 4096;

    private readonly char[] _characters = new char[mostBytes + 1];
    private readonly ZoneClock _clock = new(layout.TimeZone);
    private readonly ColumnType[] _types = [.. layout.Columns.Select(column => column.Type)];
    private readonly int?[] _scales = [.. layout.Columns.Select(column => column.Scale)];
    private readonly string[] _formats = [.. layout.Columns.Select(NumberFormat.For)];

    /// <summary>True for the columns whose digits line up on the right.</summary>
    public static bool IsRightAligned(ColumnType type) => type is ColumnType.Integer or ColumnType.Decimal;

    /// <summary>The characters of a cell, empty for a null; valid until the next call. A text of more bytes than are looked at ends in an ellipsis.</summary>
    public ReadOnlySpan<char> Show(RowBatch batch, int row, int column)
    {
        if (batch.IsNull(row, column))
            return [];

        if (batch.IsUnfit(row, column))
            return Decode(batch.GetText(row, column));

        var format = _formats[column];
        int length;
        switch (_types[column])
        {
            case ColumnType.Integer:
                batch.GetInteger(row, column).TryFormat(_characters, out length, format, CultureInfo.InvariantCulture);
                break;
            case ColumnType.Decimal:
                // Rounding first, so that what rounds to zero has no minus sign; a per cent format needs two digits more.
                var value = batch.GetDecimal(row, column);
                var scale = _scales[column] ?? value.Scale;
                var digits = Math.Min(28, format.EndsWith('%') ? scale + 2 : scale);
                var rounded = decimal.Round(value, digits, MidpointRounding.AwayFromZero);
                (rounded == 0 ? rounded * 0 : rounded).TryFormat(_characters, out length, format, CultureInfo.InvariantCulture);
                break;
            case ColumnType.Boolean:
                return batch.GetBoolean(row, column) ? "Yes" : "No";
            case ColumnType.Date:
                batch.GetDate(row, column).TryFormat(_characters, out length, format, CultureInfo.InvariantCulture);
                break;
            case ColumnType.Timestamp:
                _clock.Show(batch.GetTimestamp(row, column), out _).TryFormat(_characters, out length, format, CultureInfo.InvariantCulture);
                break;
            case ColumnType.LocalTimestamp:
                batch.GetLocalTimestamp(row, column).TryFormat(_characters, out length, format, CultureInfo.InvariantCulture);
                break;
            case ColumnType.Time:
                batch.GetTime(row, column).TryFormat(_characters, out length, format, CultureInfo.InvariantCulture);
                break;
            default:
                return Decode(batch.GetText(row, column));
        }

        return _characters.AsSpan(0, length);
    }

    private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> text)
    {
        var isCut = text.Length > mostBytes;
        if (isCut)
        {
            // Back to the start of a character: continuation bytes are 10xxxxxx.
            var end = mostBytes;
            while (end > 0 && (text[end] & 0xC0) == 0x80)
                end--;

            text = text[..end];
        }

        var length = Encoding.UTF8.GetChars(text, _characters);
        if (isCut)
            _characters[length++] = '…';

        return _characters.AsSpan(0, length);
    }
}
