using ExportFunctions.Datasets;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>What stands above the table on the first page and in the last lines of every page, broken into lines.</summary>
/// <param name="Titles">The title.</param>
/// <param name="Subtitle">The line of the request under the title; none without one.</param>
/// <param name="Facts">Records and times.</param>
/// <param name="Filter">The filter in words; none without a filter.</param>
/// <param name="Sort">The order in words; none without one.</param>
/// <param name="Footer">The text of the request at the foot; none without one.</param>
internal sealed record TitleLines(
    IReadOnlyList<string> Titles,
    IReadOnlyList<string> Subtitle,
    IReadOnlyList<string> Facts,
    IReadOnlyList<string> Filter,
    IReadOnlyList<string> Sort,
    IReadOnlyList<string> Footer)
{
    /// <summary>The sizes of the title, of the line under it and of the others, in points.</summary>
    public const float TitleSize = 16;
    public const float SubtitleSize = 10.5f;
    public const float NoteSize = 8.5f;

    /// <summary>From line to line, in ems.</summary>
    public const float Leading = 1.45f;

    private const int MaxFilterCharacters = 2000;
    private const int MaxSortColumns = 8;
    private const float GapBelow = 10;
    private const float GapBeside = 16;

    // The most lines of each.
    private static readonly LineCounts MaxLines = new(2, 2, 2, 6, 2, 2);

    /// <summary>The number of lines of each.</summary>
    public LineCounts Counts => new(Titles.Count, Subtitle.Count, Facts.Count, Filter.Count, Sort.Count, Footer.Count);

    /// <summary>The height of what stands above the table, in points, with the gap below it.</summary>
    /// <param name="counts">The lines there is room for.</param>
    /// <param name="logo">The logo's size; nothing without one.</param>
    public static float HeightOf(LineCounts counts, LogoBox logo)
    {
        var sizes =
            (counts.Titles * TitleSize) + (counts.Subtitle * SubtitleSize) + ((counts.Facts + counts.Filter + counts.Sort) * NoteSize);
        return Math.Max(sizes * Leading, logo.Height) + GapBelow;
    }

    /// <summary>Breaks the lines for a paper.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="paper">The sheet.</param>
    /// <param name="ruler">Measures text.</param>
    /// <param name="logo">The logo's size; nothing without one.</param>
    /// <param name="room">The lines there is room for, when that is settled; the last line of each then takes the rest.</param>
    public static TitleLines Of(FileLayout layout, Paper paper, ITextRuler ruler, LogoBox logo, LineCounts? room = null)
    {
        var words = PageWords.Of(layout.Options);
        var max = room ?? MaxLines;
        var width = paper.FrameWidth - (logo.Width > 0 ? logo.Width + GapBeside : 0);
        IReadOnlyList<string> Lines(string? text, TextWeight weight, float size, int count, float room) =>
            string.IsNullOrEmpty(text) || count == 0 ? [] : LineBreaking.Fill(ruler, text, weight, room / size, count);

        return new TitleLines(
            Lines(layout.Title, TextWeight.Bold, TitleSize, max.Titles, width),
            Lines(layout.Options.Subtitle, TextWeight.Regular, SubtitleSize, max.Subtitle, width),
            Lines(TitleFacts.Of(layout), TextWeight.Regular, NoteSize, max.Facts, width),
            Lines(FilterOf(layout, words), TextWeight.Regular, NoteSize, max.Filter, width),
            Lines(SortOf(layout, words), TextWeight.Regular, NoteSize, max.Sort, width),
            Lines(layout.Options.Footer, TextWeight.Regular, NoteSize, max.Footer, paper.FrameWidth));
    }

    private static string? FilterOf(FileLayout layout, PageWords words)
    {
        if (layout.FilterInWords is not { Length: > 0 } filter)
            return null;

        return PageWords.Say(
            words.Filter, filter.Length > MaxFilterCharacters ? string.Concat(filter.AsSpan(0, MaxFilterCharacters), "…") : filter);
    }

    private static string? SortOf(FileLayout layout, PageWords words)
    {
        if (layout.Sort.Count == 0)
            return null;

        string ColumnOf(SortKey key) =>
            key.Direction == SortDirection.Descending ? PageWords.Say(words.Descending, key.Column.Title) : key.Column.Title;
        var columns = layout.Sort.Take(MaxSortColumns).Select(ColumnOf);
        return PageWords.Say(words.Sort, string.Join(", ", layout.Sort.Count > MaxSortColumns ? columns.Append("…") : columns));
    }
}

/// <summary>The number of lines of each part of <see cref="TitleLines"/>.</summary>
internal sealed record LineCounts(int Titles, int Subtitle, int Facts, int Filter, int Sort, int Footer);

/// <summary>The room a logo takes, in points; zeros without one.</summary>
internal readonly record struct LogoBox(float Width, float Height);
