using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>Cells as UTF-8, the same characters as <see cref="CellText"/> and much faster for the formats that columns have by default.</summary>
/// <param name="layout">The columns and the zone.</param>
/// <param name="mostBytes">The most bytes of a text that are looked at.</param>
internal sealed class CellBytes(FileLayout layout, int mostBytes = CellText.MostBytes)
{
    private readonly CellText _text = new(layout, mostBytes);
    private readonly ZoneClock _clock = new(layout.TimeZone);
    private readonly DatasetColumn[] _columns = [.. layout.Columns];
    private readonly bool[] _isDefault = [.. layout.Columns.Select(IsDefault)];
    private byte[] _bytes = new byte[256];

    /// <summary>The bytes of a cell, empty for a null; valid until the next call.</summary>
    public ReadOnlySpan<byte> Show(RowBatch batch, int row, int column)
    {
        if (batch.IsNull(row, column))
            return [];

        if (batch.IsUnfit(row, column))
            return Encode(_text.Show(batch, row, column));

        var type = _columns[column].Type;
        switch (type)
        {
            case ColumnType.Text or ColumnType.Identifier when batch.GetText(row, column) is var text && text.Length <= mostBytes:
                return text;
            case ColumnType.Integer when _isDefault[column]:
                batch.GetInteger(row, column).TryFormat(_bytes, out var digits, default, System.Globalization.CultureInfo.InvariantCulture);
                return _bytes.AsSpan(0, digits);
            case ColumnType.Decimal when _isDefault[column] && batch.GetDecimal(row, column) is var number && DecimalDigits.TryWrite(number, _columns[column].Scale ?? number.Scale, _bytes, out var length):
                return _bytes.AsSpan(0, length);
            case ColumnType.Boolean:
                return batch.GetBoolean(row, column) ? "Yes"u8 : "No"u8;
            case ColumnType.Date when _isDefault[column]:
                return _bytes.AsSpan(0, ClockDigits.WriteDate(batch.GetDate(row, column), _bytes));
            case ColumnType.Timestamp when _isDefault[column]:
                return _bytes.AsSpan(0, ClockDigits.WriteTime(_clock.Show(batch.GetTimestamp(row, column), out _), _bytes));
            default:
                return Encode(_text.Show(batch, row, column));
        }
    }

    private static bool IsDefault(DatasetColumn column) => NumberFormat.For(column) == NumberFormat.For(column with { NumberFormat = null });

    private ReadOnlySpan<byte> Encode(ReadOnlySpan<char> text)
    {
        if (_bytes.Length < text.Length * 3)
            _bytes = new byte[text.Length * 3];

        return _bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, _bytes));
    }
}
