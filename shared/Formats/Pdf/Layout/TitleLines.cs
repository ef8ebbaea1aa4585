using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>What stands above the table on the first page, broken into lines: the title, the number of records, when and from what filter the file was made.</summary>
/// <param name="Titles">The title.</param>
/// <param name="Facts">Records and times.</param>
/// <param name="Filter">The filter in words; none without a filter.</param>
internal sealed record TitleLines(IReadOnlyList<string> Titles, IReadOnlyList<string> Facts, IReadOnlyList<string> Filter)
{
    private const int MostTitleLines = 2;
    private const int MostFactLines = 2;
    private const int MostFilterLines = 6;
    private const int MostFilterCharacters = 2000;

    private const float Leading = 1.45f;
    private const float GapBelow = 10;

    /// <summary>The lines under the title.</summary>
    public IReadOnlyList<string> Notes => [.. Facts, .. Filter];

    /// <summary>The height of the lines in points, with the gap below them.</summary>
    public float HeightOf(float titleSize, float noteSize) => (((Titles.Count * titleSize) + (Notes.Count * noteSize)) * Leading) + GapBelow;

    /// <summary>Breaks the lines for a paper.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="paper">The sheet.</param>
    /// <param name="ruler">Measures text.</param>
    /// <param name="titleSize">The title's size, in points.</param>
    /// <param name="noteSize">The other lines' size, in points.</param>
    public static TitleLines Of(FileLayout layout, Paper paper, ITextRuler ruler, float titleSize, float noteSize)
    {
        var noteEms = paper.FrameWidth / noteSize;
        var filter = layout.FilterInWords is { Length: > MostFilterCharacters } words ? string.Concat(words.AsSpan(0, MostFilterCharacters), "…") : layout.FilterInWords;
        return new TitleLines(
            LineBreaking.Fill(ruler, layout.Title, TextWeight.Bold, paper.FrameWidth / titleSize, MostTitleLines),
            LineBreaking.Fill(ruler, TitleFacts.Of(layout), TextWeight.Regular, noteEms, MostFactLines),
            string.IsNullOrEmpty(filter) ? [] : LineBreaking.Fill(ruler, PageWords.Say(PageWords.Of(layout.Options).Filter, filter), TextWeight.Regular, noteEms, MostFilterLines));
    }
}
