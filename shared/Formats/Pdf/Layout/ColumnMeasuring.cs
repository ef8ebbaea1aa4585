using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>Determines the space that the columns need, from their definitions and the first rows.</summary>
/// <param name="layout">The columns.</param>
/// <param name="ruler">Measures text.</param>
internal sealed class ColumnMeasuring(FileLayout layout, ITextRuler ruler)
{
    // In ems: about 60 characters of text, and a heading of about 18.
    private const float MaxText = 32;
    private const float MaxHeading = 10;
    private const float MinText = 8;

    // The room of a column whose texts are never truncated: about 60 digits. Longer ones are set smaller.
    private const float MaxWhole = 34;

    // So that a number and the text right of it can be told apart at a glance.
    private const float GapBehindNumbers = 0.8f;

    private readonly float _digit = ruler.Measure("0", TextWeight.Regular);

    /// <summary>The needs of all columns; without a batch, by definition and heading only.</summary>
    public ColumnNeed[] Measure(CellText cells, RowBatch? batch)
    {
        var needs = new ColumnNeed[layout.Columns.Count];
        for (var column = 0; column < needs.Length; column++)
        {
            var need = Need(layout.Columns[column], batch is null ? 0 : Widest(cells, batch, column), batch?.Count ?? 0);
            var gap = StandsRight(column) && column + 1 < needs.Length && !StandsRight(column + 1) ? GapBehindNumbers : 0;
            needs[column] = need with { Wanted = need.Wanted + gap, Min = need.Min + gap, Gap = gap };
        }

        return needs;
    }

    private ColumnNeed Need(DatasetColumn column, float content, int rowsSeen)
    {
        var heading = Math.Min(MaxHeading, LineBreaking.Halve(ruler, layout.HeadingOf(column), TextWeight.Bold).Ems);
        if (layout.RowsExpected > rowsSeen)
            content = Foresee(column.Type, content);

        var isWhole = WholeColumns.IsWhole(layout, column);
        if (column.Width is { } declared)
            content = Math.Max((float)declared * _digit, isWhole ? Math.Min(content, MaxWhole) : 0);
        else if (column.IsText)
            content = Math.Min(content, isWhole ? MaxWhole : MaxText);

        var min = isWhole ? content : Math.Min(content, MinText);
        var wanted = Math.Max(content, heading);
        return new ColumnNeed(wanted, Math.Max(min, Math.Min(heading, MinText)), column.Type == ColumnType.Text);
    }

    // Numbers get wider as rows go on; text columns share the remaining space instead.
    private float Foresee(ColumnType type, float content) => type switch
    {
        ColumnType.Integer or ColumnType.Identifier =>
            Math.Max(content, ruler.Measure(layout.RowsExpected.ToString(CultureInfo.InvariantCulture), TextWeight.Regular)),
        ColumnType.Decimal => content + (2 * _digit),
        _ => content,
    };

    private bool StandsRight(int column) => layout.Options.RightToLeft || CellText.IsRightAligned(layout.Columns[column].Type);

    private float Widest(CellText cells, RowBatch batch, int column)
    {
        var widest = 0f;
        for (var row = 0; row < batch.Count; row++)
            widest = Math.Max(widest, ruler.Measure(cells.Show(batch, row, column), TextWeight.Regular));

        return widest;
    }
}
