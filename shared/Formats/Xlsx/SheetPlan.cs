using System.Text.Json;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The layout shared by all sheets of a workbook, determined from the first rows.</summary>
/// <param name="Columns">What was decided about each column, in output order.</param>
/// <param name="RowBytes">About how many bytes of XML a row takes.</param>
internal sealed record SheetPlan(IReadOnlyList<ColumnPlan> Columns, long RowBytes)
{
    // Spreadsheets scroll slowly through rows of different heights.
    private const long MaxWrappedRows = 100_000;

    /// <summary>Measures the first rows.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="titles">The header's titles.</param>
    /// <param name="first">The first batch; null when there are no rows.</param>
    public static SheetPlan Measure(FileLayout layout, IReadOnlyList<string> titles, RowBatch? first)
    {
        var columns = new ColumnPlan[layout.Columns.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var (format, whole) = ColumnFormats.Of(layout.Columns[i], i, first);
            var measured = ColumnWidths.Measure(layout.Columns[i], i, titles[i], format, first);
            columns[i] = measured with { WholeFormat = whole, Wraps = measured.Wraps && layout.RowsExpected is >= 0 and <= MaxWrappedRows };
        }

        return new SheetPlan(columns, SheetFrame.EstimateRow(layout, first));
    }

    /// <summary>Its bytes, for workers that write other sheets.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads it.</summary>
    public static SheetPlan Read(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize<SheetPlan>(bytes.Span) ?? throw new InvalidDataException("The plan of the workbook is empty.");
}
