using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>How a document's pages look: paper, columns, and what stands around the rows. The same needs of columns give the same design.</summary>
internal sealed class PageDesign : IDisposable
{
    /// <summary>Fits the columns to the paper.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="shared">The font files.</param>
    /// <param name="needs">The room the columns ask for.</param>
    /// <param name="pages">The pages the document has, if that is known; else those that its rows take.</param>
    public PageDesign(FileLayout layout, SharedFonts shared, IReadOnlyList<ColumnNeed> needs, long? pages)
    {
        Fonts = new DocumentFonts(shared);
        using var ruler = new DirectRuler(Fonts);
        Plan = TablePlan.Fit(Paper.Choices(layout.Options.PageSize, layout.Options.Orientation), [.. needs]);
        var headings = ColumnHeadings.Of(layout, Plan, ruler);
        var titles = TitleLines.Of(layout, Plan.Paper, ruler, PageStyles.TitlePoints, PageStyles.NotePoints);
        Measures = new TableMeasures(Plan, titles.HeightOf(PageStyles.TitlePoints, PageStyles.NotePoints), headings.Any(heading => heading.Second.Length > 0));
        Styles = new PageStyles(Fonts, Measures.FontSize);
        Frame = new PageFrame(layout, Plan, Measures, Styles, titles, headings, pages ?? Measures.PagesFor(layout.RowsExpected, Plan.Groups.Count));
    }

    /// <summary>The document's fonts.</summary>
    public DocumentFonts Fonts { get; }

    /// <summary>Where the columns stand.</summary>
    public TablePlan Plan { get; }

    /// <summary>The lengths on a page.</summary>
    public TableMeasures Measures { get; }

    /// <summary>What sets the texts around the rows.</summary>
    public PageStyles Styles { get; }

    /// <summary>What stands around the rows.</summary>
    public PageFrame Frame { get; }

    /// <summary>The room the columns need, by their definitions and the first rows.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="shared">The font files.</param>
    /// <param name="first">The first rows; null when there are none.</param>
    public static ColumnNeed[] Measure(FileLayout layout, SharedFonts shared, Datasets.Rows.RowBatch? first)
    {
        using var fonts = new DocumentFonts(shared);
        using var ruler = new DirectRuler(fonts);
        return new ColumnMeasuring(layout, ruler).Measure(new Pdf.Text.CellText(layout), first);
    }

    public void Dispose()
    {
        Styles.Dispose();
        Fonts.Dispose();
    }
}
