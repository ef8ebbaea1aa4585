using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Finds column widths from the definition, else from the title and the first rows; never from all rows, which are not there yet.</summary>
internal static class ColumnWidths
{
    private const int SampledRows = 100;
    private const double Widest = 60;

    // Room for the filter's button beside a bold title, and the cell's padding.
    private const double TitleExtra = 4;
    private const double CellExtra = 1.5;

    /// <summary>The widths in characters of the default font, in output order.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="titles">Their titles.</param>
    /// <param name="first">The first batch; null when there are no rows.</param>
    public static double[] Measure(IReadOnlyList<DatasetColumn> columns, IReadOnlyList<string> titles, RowBatch? first)
    {
        var widths = new double[columns.Count];
        for (var i = 0; i < widths.Length; i++)
            widths[i] = columns[i].Width ?? Fit(columns[i], i, titles[i], first);

        return widths;
    }

    private static double Fit(DatasetColumn column, int index, string title, RowBatch? first)
    {
        var longest = column.Type switch
        {
            ColumnType.Boolean => 6,
            ColumnType.Date => Math.Max(10, column.NumberFormat?.Length ?? 0),
            ColumnType.Timestamp or ColumnType.LocalTimestamp => Math.Max(19, column.NumberFormat?.Length ?? 0),
            ColumnType.Time => Math.Max(8, column.NumberFormat?.Length ?? 0),
            _ => 6,
        };

        for (var row = 0; row < Math.Min(first?.Count ?? 0, SampledRows); row++)
        {
            if (!first!.IsNull(row, index))
                longest = Math.Max(longest, LengthOf(column, first, row, index));
        }

        return Math.Min(Widest, Math.Max(LongestLine(Encoding.UTF8.GetBytes(title)) + TitleExtra, longest + CellExtra));
    }

    private static int LengthOf(DatasetColumn column, RowBatch batch, int row, int index) => batch.IsUnfit(row, index) ? LongestLine(batch.GetText(row, index)) : column.Type switch
    {
        ColumnType.Text or ColumnType.Identifier => LongestLine(batch.GetText(row, index)),
        ColumnType.Integer => batch.GetInteger(row, index).ToString(CultureInfo.InvariantCulture).Length + GroupRoom(column),
        ColumnType.Decimal => LengthOf(batch.GetDecimal(row, index), column.Scale) + GroupRoom(column),
        _ => 0,
    };

    private static int LengthOf(decimal value, int? scale) =>
        value.ToString(scale is { } digits ? "F" + digits.ToString(CultureInfo.InvariantCulture) : "G", CultureInfo.InvariantCulture).Length;

    // A format with grouping or a currency needs more room than its digits.
    private static int GroupRoom(DatasetColumn column) => column.NumberFormat is null ? 0 : 4;

    private static int LongestLine(ReadOnlySpan<byte> text)
    {
        var longest = 0;
        var line = 0;
        while (!text.IsEmpty && longest < Widest)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            text = text[length..];
            line = rune.Value is '\n' or '\r' ? 0 : line + CellsOf(rune);
            longest = Math.Max(longest, line);
        }

        return longest;
    }

    private static int CellsOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control => 0,

        // Hangul, kana, ideographs, full-width forms and emoji take two places (UAX 11, in broad strokes).
        _ => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1,
    };
}
