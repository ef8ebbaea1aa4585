using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Images;
using ExportFunctions.Formats.Pdf.Layout;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>
/// The look of a document's pages: paper, columns, and everything around the rows. The same column needs and title space give the same
/// design.
/// </summary>
internal sealed class PageDesign : IDisposable
{
    /// <summary>Fits the columns to the paper.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="resources">The fonts and logos.</param>
    /// <param name="needs">The room the columns ask for.</param>
    /// <param name="titles">The room for titles that slices have agreed on; null for a document by itself.</param>
    /// <param name="pages">The pages the document has, if that is known; else those that its rows take.</param>
    public PageDesign(
        FileLayout layout, PdfResources resources, IReadOnlyList<ColumnNeed> needs, TitleRoom? titles = null, long? pages = null)
    {
        Logo = resources.Logos.Of(layout);
        var box = titles?.Logo ?? (Logo is null ? default : new LogoBox(Logo.Size.Width, Logo.Size.Height));
        Fonts = new DocumentFonts(resources.Fonts);
        using var ruler = new DirectRuler(Fonts);
        var plan = TablePlan.Fit(Paper.Choices(layout.Options.PageSize, layout.Options.Orientation), [.. needs]);
        Plan = layout.Options.RightToLeft ? plan.Mirrored() : plan;
        var headings = ColumnHeadings.Of(layout, Plan, ruler);
        var lines = TitleLines.Of(layout, Plan.Paper, ruler, box, titles?.Lines);
        Room = titles ?? new TitleRoom(lines.Counts, box);
        var footer = Room.Lines.Footer * TitleLines.NoteSize * TitleLines.Leading;
        Measures = new TableMeasures(
            Plan, TitleLines.HeightOf(Room.Lines, box), footer, headings.Any(heading => heading.Second.Length > 0));
        Styles = new PageStyles(Fonts, Measures.FontSize);
        Head = new PageHead(Measures, Styles, lines, Logo is null ? default : box, layout.Options.RightToLeft);
        var expected = pages ?? Measures.PagesFor(layout.RowsExpected, Plan.Groups.Count);
        Frame = new PageFrame(layout, Plan, Measures, Styles, lines.Footer, headings, expected);
    }

    /// <summary>The document's fonts.</summary>
    public DocumentFonts Fonts { get; }

    /// <summary>The picture at the head; null without one.</summary>
    public Logo? Logo { get; }

    /// <summary>Where the columns stand.</summary>
    public TablePlan Plan { get; }

    /// <summary>The room of what stands above the table and at the foot.</summary>
    public TitleRoom Room { get; }

    /// <summary>The lengths on a page.</summary>
    public TableMeasures Measures { get; }

    /// <summary>What sets the texts around the rows.</summary>
    public PageStyles Styles { get; }

    /// <summary>What stands above the table on the first page.</summary>
    public PageHead Head { get; }

    /// <summary>What stands around the rows.</summary>
    public PageFrame Frame { get; }

    /// <summary>The room the columns need, by their definitions and the first rows.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="shared">The font files.</param>
    /// <param name="first">The first rows; null when there are none.</param>
    public static ColumnNeed[] Measure(FileLayout layout, SharedFonts shared, RowBatch? first)
    {
        using var fonts = new DocumentFonts(shared);
        using var ruler = new DirectRuler(fonts);
        return new ColumnMeasuring(layout, ruler).Measure(new CellText(layout), first);
    }

    public void Dispose()
    {
        Styles.Dispose();
        Fonts.Dispose();
    }
}

/// <summary>The room of what stands above the table on the first page, and at the foot of every page.</summary>
/// <param name="Lines">The lines of each part.</param>
/// <param name="Logo">The logo's size; zeros without one.</param>
internal sealed record TitleRoom(LineCounts Lines, LogoBox Logo);
