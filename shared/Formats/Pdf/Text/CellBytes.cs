using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.NumberFormats;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Numbers;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>
/// Cells as the UTF-8 that a page shows: by the column's number format, else decimals with all digits of their scale or their own, dates
/// and times by
/// ISO 8601 or as the request's culture writes them, and Yes or No. Much faster for the formats that columns have by default.
/// </summary>
internal sealed class CellBytes
{
    // A blank as wide as a digit, so that digits stand under each other.
    private const string FigureSpace = "\u2007";

    // Far more than an integer, a decimal or a time takes by default.
    private const int MaxDefaultBytes = 64;

    private readonly int _maxBytes;
    private readonly ZoneClock _clock;
    private readonly ColumnType[] _types;
    private readonly int?[] _scales;
    private readonly ValueFormatter?[] _formatters;
    private readonly byte[] _yes;
    private readonly byte[] _no;
    private readonly byte _point;
    private readonly byte[] _bytes;

    /// <summary>Prepares the columns.</summary>
    /// <param name="layout">The columns, the zone and the culture.</param>
    /// <param name="maxBytes">The most bytes of a text that are looked at.</param>
    public CellBytes(FileLayout layout, int maxBytes = CellText.MaxBytes)
    {
        var culture = PageWords.CultureOf(layout.Options);
        var signs = new FormatCulture(culture, FigureSpace);
        var words = PageWords.Of(layout.Options);
        (_yes, _no) = (Encoding.UTF8.GetBytes(words.Yes), Encoding.UTF8.GetBytes(words.No));
        _maxBytes = maxBytes;
        _clock = new ZoneClock(layout.TimeZone);
        _types = [.. layout.Columns.Select(column => column.Type)];
        _scales = [.. layout.Columns.Select(column => column.Scale)];
        _formatters = [.. layout.Columns.Select(column => FormatterOf(column, culture, signs))];
        _point = signs.DecimalSign[0];
        MaxValueBytes = Math.Max(MaxDefaultBytes, _formatters.Max(formatter => formatter?.MaxBytes) ?? 0);
        _bytes = new byte[Math.Max(MaxValueBytes, maxBytes + 4)];
    }

    /// <summary>The most bytes of a value that is no text.</summary>
    public int MaxValueBytes { get; }

    /// <summary>The colour that the number format gives the cell shown last; null for the table's own.</summary>
    public FormatColor? Color { get; private set; }

    /// <summary>
    /// Whether the last cell is a time outside the years 1 to 9999 in the export's zone, shown as the nearest one within.
    /// </summary>
    public bool IsCapped { get; private set; }

    /// <summary>
    /// The bytes of a cell, empty for a null; valid until the next call. A text beyond the length limit is truncated with an ellipsis.
    /// </summary>
    public ReadOnlySpan<byte> Show(RowBatch batch, int row, int column)
    {
        Color = null;
        IsCapped = false;
        if (batch.IsNull(row, column))
            return [];

        var type = _types[column];
        if (type is ColumnType.Text or ColumnType.Identifier || batch.IsUnfit(row, column))
            return Truncate(batch.GetText(row, column));

        if (type == ColumnType.Boolean)
            return batch.GetBoolean(row, column) ? _yes : _no;

        var length = _formatters[column] is { } formatter ? Format(formatter, batch, row, column) : WriteDefault(batch, row, column);
        return _bytes.AsSpan(0, length);
    }

    private int Format(ValueFormatter formatter, RowBatch batch, int row, int column)
    {
        FormatColor? color;
        var length = _types[column] switch
        {
            ColumnType.Integer => formatter.Write(batch.GetInteger(row, column), _bytes, out color),
            ColumnType.Decimal => formatter.Write(batch.GetDecimal(row, column), _bytes, out color),
            ColumnType.Date => formatter.Write(batch.GetDate(row, column).ToDateTime(TimeOnly.MinValue), _bytes, out color),
            ColumnType.Time => formatter.Write(new DateTime(batch.GetTime(row, column).Ticks), _bytes, out color),
            ColumnType.LocalTimestamp => formatter.Write(batch.GetLocalTimestamp(row, column), _bytes, out color),
            _ => formatter.Write(InZone(batch.GetTimestamp(row, column)), _bytes, out color),
        };
        Color = color;
        return length;
    }

    private int WriteDefault(RowBatch batch, int row, int column)
    {
        switch (_types[column])
        {
            case ColumnType.Integer:
                batch.GetInteger(row, column).TryFormat(_bytes, out var digits, default, CultureInfo.InvariantCulture);
                return digits;
            case ColumnType.Decimal:
                return WriteDecimal(batch.GetDecimal(row, column), _scales[column]);
            case ColumnType.Date:
                return ClockDigits.WriteDate(batch.GetDate(row, column), _bytes);
            case ColumnType.Time:
                return ClockDigits.WriteTime(batch.GetTime(row, column), _bytes);
            case ColumnType.LocalTimestamp:
                return ClockDigits.WriteDateAndTime(batch.GetLocalTimestamp(row, column), _bytes);
            default:
                return ClockDigits.WriteDateAndTime(InZone(batch.GetTimestamp(row, column)), _bytes);
        }
    }

    private DateTime InZone(DateTime utc)
    {
        var ticks = _clock.ShowTicks(utc);
        var within = Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        IsCapped = within != ticks;
        return new DateTime(within);
    }

    private int WriteDecimal(decimal value, int? scale)
    {
        var places = scale ?? value.Scale;
        if (!DecimalDigits.TryWrite(value, places, _bytes, out var length))
            length = DecimalDigits.WriteLong(value, places, _bytes);

        if (_point != '.' && places > 0)
            _bytes[length - places - 1] = _point;

        return length;
    }

    private ReadOnlySpan<byte> Truncate(ReadOnlySpan<byte> text)
    {
        if (text.Length <= _maxBytes)
            return text;

        // Back to the start of a character: continuation bytes are 10xxxxxx.
        var end = _maxBytes;
        while (end > 0 && (text[end] & 0xC0) == 0x80)
            end--;

        text[..end].CopyTo(_bytes);
        "…"u8.CopyTo(_bytes.AsSpan(end));
        return _bytes.AsSpan(0, end + 3);
    }

    // None for what is written by default, which has ways of its own.
    private static ValueFormatter? FormatterOf(DatasetColumn column, CultureInfo culture, FormatCulture signs)
    {
        if (column.IsText || column.Type == ColumnType.Boolean)
            return null;

        var format = column.NumberFormat ?? DefaultFormats.In(culture, column);
        if (format is null || format.Replace("\\", "", StringComparison.Ordinal) == DefaultFormats.Of(column))
            return null;

        return new ValueFormatter(NumberFormat.Parse(format), signs);
    }
}
