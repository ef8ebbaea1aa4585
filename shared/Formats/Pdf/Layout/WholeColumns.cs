using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>Which columns are never truncated: part of a number, date or identifier would read as another one.</summary>
internal static class WholeColumns
{
    /// <summary>True for all columns but text that identifies nothing.</summary>
    public static bool IsWhole(FileLayout layout, DatasetColumn column) =>
        column.Type != ColumnType.Text || layout.KeyColumns.Contains(column.Name, StringComparer.Ordinal);
}
