using System.Text.Json;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>What all sheets of a workbook have in common, found in the first rows.</summary>
/// <param name="Widths">The columns' widths in characters.</param>
/// <param name="RowBytes">About how many bytes of XML a row takes.</param>
internal sealed record SheetPlan(IReadOnlyList<double> Widths, long RowBytes)
{
    /// <summary>Measures the first rows.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="titles">The header's titles.</param>
    /// <param name="first">The first batch; null when there are no rows.</param>
    public static SheetPlan Measure(FileLayout layout, IReadOnlyList<string> titles, RowBatch? first) =>
        new(ColumnWidths.Measure(layout.Columns, titles, first), SheetFrame.EstimateRow(layout, first));

    /// <summary>Its bytes, for workers that write other sheets.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads it.</summary>
    public static SheetPlan Read(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize<SheetPlan>(bytes.Span) ?? throw new InvalidDataException("The plan of the workbook is empty.");
}
