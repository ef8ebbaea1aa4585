using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The shape of a sheet's rows, for the compressor.</summary>
internal static class SheetShape
{
    /// <summary>The row's number, where there are references, and the columns; those with the same beginning look alike.</summary>
    /// <param name="columns">The columns, in output order.</param>
    /// <param name="options">The options of the request.</param>
    public static FieldShape Of(IReadOnlyList<SheetColumn> columns, WriterOptions options)
    {
        var first = SheetColumn.FirstPlace(options);
        var alike = new int[first + columns.Count];
        Array.Fill(alike, -1);
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            alike[column.Place] = last.GetValueOrDefault(column.Likeness, -1);
            last[column.Likeness] = column.Place;
        }

        return new FieldShape(alike.Length, hasEnds: options.CellReferences, alike);
    }
}
