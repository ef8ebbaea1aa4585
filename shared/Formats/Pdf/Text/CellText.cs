using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>Cells as the characters a page shows: the same as <see cref="CellBytes"/>, for what measures or lays out UTF-16.</summary>
/// <param name="layout">The columns, the zone and the culture.</param>
/// <param name="maxBytes">The most UTF-8 bytes of a text that are looked at.</param>
internal sealed class CellText(FileLayout layout, int maxBytes = CellText.MaxBytes)
{
    /// <summary>The most UTF-8 bytes of a text that are looked at: far more than a line of a page holds.</summary>
    public const int MaxBytes = 4096;

    private readonly CellBytes _cells = new(layout, maxBytes);
    private char[] _characters = new char[256];

    /// <summary>The colour that the number format gives the cell shown last; null for the table's own.</summary>
    public Datasets.NumberFormats.FormatColor? Color => _cells.Color;

    /// <summary>True for the columns whose digits line up on the right.</summary>
    public static bool IsRightAligned(ColumnType type) => type is ColumnType.Integer or ColumnType.Decimal;

    /// <summary>
    /// The characters of a cell, empty for a null; valid until the next call. A text of more bytes than are looked at ends in an ellipsis.
    /// </summary>
    public ReadOnlySpan<char> Show(RowBatch batch, int row, int column)
    {
        var bytes = _cells.Show(batch, row, column);
        if (_characters.Length < bytes.Length)
            _characters = new char[bytes.Length * 2];

        return _characters.AsSpan(0, Encoding.UTF8.GetChars(bytes, _characters));
    }
}
