using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>The lengths of a table's pages, in hundredths of a point; heights count from the sheet's bottom, as PDF does.</summary>
internal sealed class TableMeasures
{
    private const float RowEms = 1.75f;
    private const float LineEms = 1.3f;

    // Half of Noto Sans's capitals, which are 0.714 em high.
    private const float HalfCapitals = 0.357f;

    /// <summary>Works them out.</summary>
    /// <param name="plan">The paper and the columns.</param>
    /// <param name="titlesHeight">The height of what stands above the table on the first page, in points.</param>
    /// <param name="footerHeight">The height of the text at the foot of every page, in points.</param>
    /// <param name="hasTwoHeadingLines">Whether a heading has two lines.</param>
    public TableMeasures(TablePlan plan, float titlesHeight, float footerHeight, bool hasTwoHeadingLines)
    {
        PaperWidth = Points(plan.Paper.Width);
        PaperHeight = Points(plan.Paper.Height);
        FontSize = Points(plan.FontSize);
        Margin = Points(Paper.Margin);
        FrameWidth = PaperWidth - (2 * Margin);
        LineHeight = Points(LineEms * plan.FontSize);
        RowHeight = Points(RowEms * plan.FontSize);
        HeaderHeight = ((hasTwoHeadingLines ? 2 : 1) * LineHeight) + Points(0.7f * plan.FontSize);
        TitlesHeight = Points(titlesHeight);
        Bottom = PaperHeight - Points(plan.Paper.Bottom - footerHeight);
        FooterBaseline = PaperHeight - Points(plan.Paper.FooterBaseline - footerHeight);
        FirstLine = (RowHeight / 2) + Points(HalfCapitals * plan.FontSize);
        HeadingBaseline = Points(0.35f * plan.FontSize) + ((LineHeight - Points(2 * HalfCapitals * plan.FontSize)) / 2);
    }

    public int PaperWidth { get; }

    public int PaperHeight { get; }

    public int Margin { get; }

    public int FrameWidth { get; }

    public int FontSize { get; }

    public int LineHeight { get; }

    /// <summary>The height of a row of one line.</summary>
    public int RowHeight { get; }

    public int HeaderHeight { get; }

    /// <summary>The height of what stands above the table on the first page.</summary>
    public int TitlesHeight { get; }

    /// <summary>Where rows must end.</summary>
    public int Bottom { get; }

    public int FooterBaseline { get; }

    /// <summary>From a row's top to its first baseline.</summary>
    public int FirstLine { get; }

    /// <summary>From the header's bottom up to its last baseline.</summary>
    public int HeadingBaseline { get; }

    /// <summary>The height of a row.</summary>
    public int HeightOf(int lines) => RowHeight + ((lines - 1) * LineHeight);

    /// <summary>Where the table starts: under the titles on the first page, else at the top.</summary>
    public int TableTop(bool isUnderTitles) => PaperHeight - Margin - (isUnderTitles ? TitlesHeight : 0);

    /// <summary>The pages that rows of one line take.</summary>
    public long PagesFor(long rows, int groups)
    {
        var room = PaperHeight - Margin - HeaderHeight - Bottom;
        return new PageCount(Math.Max(0, (room - TitlesHeight) / RowHeight), Math.Max(1, room / RowHeight), groups).For(rows);
    }

    /// <summary>A length of the plan in hundredths.</summary>
    public static int Points(float points) => (int)MathF.Round(points * 100);
}
