using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// Determines column widths from the definition, otherwise from the title and the first rows; never from all rows, which are not available
/// yet. No column is narrower than its title next to the filter button.
/// </summary>
internal static class ColumnWidths
{
    private const double MaxWidth = 60;

    // A column with long texts is at least as wide, and wider when one in ten needs it.
    private const double MaxWidthForFew = 40;
    private const int FewShare = 10;

    // The filter's button (or the indent that keeps a right-aligned title clear of it) and the cell's padding.
    private const double TitleExtra = 4;
    private const double CellExtra = 1.5;

    /// <summary>The width of a column, and whether its long texts wrap.</summary>
    /// <param name="column">The column.</param>
    /// <param name="index">Its position.</param>
    /// <param name="title">Its title.</param>
    /// <param name="format">The number format of its cells; null for texts.</param>
    /// <param name="first">The first batch; null when there are no rows.</param>
    public static ColumnPlan Measure(DatasetColumn column, int index, string title, string? format, RowBatch? first)
    {
        List<double> widths = [.. WidthsOf(column, index, first)];
        widths.Sort();
        var widest = widths.Count == 0 ? 0 : widths[^1];
        var values = column.Width ?? Math.Max(
            Least(column.Type, format),
            widest <= MaxWidth ? widest : Math.Clamp(widths[^(1 + (widths.Count / FewShare))], MaxWidthForFew, MaxWidth)) + CellExtra;
        var heading = Math.Min(MaxWidth, GlyphWidths.Bold.WidestLine(Encoding.UTF8.GetBytes(title), MaxWidth) + TitleExtra);
        var width = Math.Round(Math.Max(heading, values), 2);
        return new ColumnPlan(width, format, WholeFormat: null, Wraps: column.Type == ColumnType.Text && widest > width);
    }

    private static double Least(ColumnType type, string? format) => type switch
    {
        ColumnType.Date => Math.Max(10, format!.Length),
        ColumnType.Time => Math.Max(8, format!.Length),
        ColumnType.Timestamp or ColumnType.LocalTimestamp => Math.Max(19, format!.Length),
        _ => 6,
    };

    private static IEnumerable<double> WidthsOf(DatasetColumn column, int index, RowBatch? first)
    {
        for (var row = 0; row < Math.Min(first?.Count ?? 0, ColumnFormats.SampledRows); row++)
        {
            if (!first!.IsNull(row, index))
                yield return WidthOf(column, first, row, index);
        }
    }

    private static double WidthOf(DatasetColumn column, RowBatch batch, int row, int index)
    {
        if (column.IsText || batch.IsUnfit(row, index))
            return GlyphWidths.Regular.WidestLine(batch.GetText(row, index), MaxWidth + 1);

        return column.Type switch
        {
            ColumnType.Integer => batch.GetInteger(row, index).ToString(CultureInfo.InvariantCulture).Length + GroupRoom(column),
            ColumnType.Decimal => DigitsOf(batch.GetDecimal(row, index), column.Scale) + GroupRoom(column),
            _ => 0,
        };
    }

    private static int DigitsOf(decimal value, int? scale) => scale is { } digits
        ? decimal.Round(value, digits).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Length
        : value.ToString(CultureInfo.InvariantCulture).Length;

    // A format with grouping or a currency needs more room than its digits.
    private static int GroupRoom(DatasetColumn column) => column.NumberFormat is null ? 0 : 4;
}
