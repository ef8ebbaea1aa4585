using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Tags;
using ExportFunctions.Formats.Pdf.Layout;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>Columns that share pages, and their current page.</summary>
internal sealed class PageGroup : IDisposable
{
    /// <summary>Works out how text moves from cell to cell: by the same steps in every row, which deflates well.</summary>
    public PageGroup(IReadOnlyList<PlacedColumn> columns, FileLayout layout, TableMeasures measures, bool repeatsFirst)
    {
        Columns = [.. columns.Select((column, i) => CellColumn.Of(column, layout, measures, isRepeated: repeatsFirst && i == 0))];
        for (var i = 1; i < Columns.Length; i++)
            Columns[i].Move = Step(Columns[i].Anchor - Columns[i - 1].Anchor, 0);

        if (Columns.Length > 0)
            NextRow = Step(Columns[0].Anchor - Columns[^1].Anchor, -measures.RowHeight);
    }

    /// <summary>The columns, in the order of the layout.</summary>
    public CellColumn[] Columns { get; }

    /// <summary>The move from the last cell of a row to the first of the next.</summary>
    public byte[] NextRow { get; } = [];

    /// <summary>The rows of the page in hand.</summary>
    public PdfBuffer Rows { get; } = new();

    /// <summary>The page's object.</summary>
    public int Page { get; set; }

    /// <summary>The page's marks, in a tagged file.</summary>
    public MarkedPage? Marks { get; set; }

    public void Dispose() => Rows.Dispose();

    private static byte[] Step(int across, int down)
    {
        using var text = new PdfBuffer();
        text.Points(across).Add(" "u8).Points(down).Add(" Td"u8);
        return text.Written.ToArray();
    }
}

/// <summary>A column of a group, in hundredths of a point.</summary>
/// <param name="index">The column's position in the layout.</param>
/// <param name="anchor">Where its texts start, or end when they stand right.</param>
/// <param name="room">The width its texts may take, in thousandths of an em.</param>
/// <param name="isRight">Whether its texts stand right.</param>
/// <param name="isRepeated">Whether it only repeats another group's column.</param>
/// <param name="isWhole">Whether its texts are set smaller rather than cut.</param>
internal sealed class CellColumn(int index, int anchor, int room, bool isRight, bool isRepeated, bool isWhole)
{
    // Widths converted back from points to ems are slightly rounded; a hundredth of an em is invisible.
    private const int Slack = 10;

    public int Index => index;

    public int Anchor => anchor;

    public int Room => room;

    public bool IsRight => isRight;

    public bool IsRepeated => isRepeated;

    public bool IsWhole => isWhole;

    /// <summary>The move from the column before.</summary>
    public byte[] Move { get; set; } = [];

    public static CellColumn Of(PlacedColumn column, FileLayout layout, TableMeasures measures, bool isRepeated)
    {
        var isRight = layout.Options.RightToLeft || CellText.IsRightAligned(layout.Columns[column.Index].Type);

        // Whole points inside the column: shorter moves, a tenth of the page's bytes.
        var anchor = 100 * (int)(isRight ? MathF.Floor(column.TextLeft + column.TextWidth) : MathF.Ceiling(column.TextLeft));
        return new CellColumn(
            column.Index,
            anchor,
            (int)(TableMeasures.Points(column.TextWidth) * 1000L / measures.FontSize) + Slack,
            isRight,
            isRepeated,
            WholeColumns.IsWhole(layout, layout.Columns[column.Index]));
    }
}
