using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Layout;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>Finds out what room the columns need, from their definitions and the first rows.</summary>
/// <param name="layout">The columns.</param>
/// <param name="setter">Measures text.</param>
/// <param name="styles">The styles of header and cells.</param>
internal sealed class ColumnMeasuring(FileLayout layout, TextSetter setter, PageStyles styles)
{
    // In ems: about 60 characters of text, and a heading of about 18.
    private const float WidestText = 32;
    private const float WidestHeading = 10;
    private const float LeastText = 8;
    private const float LeastIdentifier = 12;

    /// <summary>The needs of all columns; without a batch, by definition and heading only.</summary>
    public ColumnNeed[] Measure(CellText cells, RowBatch? batch)
    {
        var needs = new ColumnNeed[layout.Columns.Count];
        for (var column = 0; column < needs.Length; column++)
            needs[column] = Need(layout.Columns[column], batch is null ? 0 : Widest(cells, batch, column));

        return needs;
    }

    private ColumnNeed Need(DatasetColumn column, float content)
    {
        var heading = Math.Min(WidestHeading, LineBreaking.Halve(setter, column.Title, styles.Header).Ems);
        if (column.Type == ColumnType.Integer)
            content = Math.Max(content, setter.Measure(layout.RowsExpected.ToString(CultureInfo.InvariantCulture), styles.Cell));

        if (column.Width is { } declared)
            content = (float)declared * styles.Cell.Plain.Advance('0');
        else if (column.IsText)
            content = Math.Min(content, WidestText);

        var least = column.Type switch
        {
            ColumnType.Text => Math.Min(content, LeastText),
            ColumnType.Identifier => Math.Min(content, LeastIdentifier),
            _ => content,
        };
        var wanted = Math.Max(content, heading);
        return new ColumnNeed(wanted, Math.Max(least, Math.Min(heading, LeastText)), column.Type == ColumnType.Text);
    }

    private float Widest(CellText cells, RowBatch batch, int column)
    {
        var widest = 0f;
        for (var row = 0; row < batch.Count; row++)
            widest = Math.Max(widest, setter.Measure(cells.Show(batch, row, column), styles.Cell));

        return widest;
    }
}
