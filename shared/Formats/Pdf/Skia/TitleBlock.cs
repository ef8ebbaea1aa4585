using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>What stands above the table on the first page: the title, the number of records, when and from what filter the file was made.</summary>
internal sealed class TitleBlock
{
    private const float Leading = 1.45f;
    private const float GapBelow = 10;

    private readonly TextStyle _title;
    private readonly TextStyle _note;
    private readonly IReadOnlyList<string> _titleLines;
    private readonly IReadOnlyList<string> _noteLines;

    /// <summary>Lays the lines out for a paper.</summary>
    public TitleBlock(FileLayout layout, Paper paper, TextSetter setter, PageStyles styles)
    {
        (_title, _note) = (styles.Title, styles.Note);
        var lines = TitleLines.Of(layout, paper, new SkiaRuler(setter, styles), _title.Size, _note.Size);
        (_titleLines, _noteLines) = (lines.Titles, lines.Notes);
        Height = (((_titleLines.Count * _title.Size) + (_noteLines.Count * _note.Size)) * Leading) + GapBelow;
    }

    /// <summary>The block's height in points, with the gap below it.</summary>
    public float Height { get; }

    /// <summary>Puts the block at the top of a page.</summary>
    public void Set(PageText page, TextSetter setter, Paper paper)
    {
        var y = Paper.Margin;
        foreach (var line in _titleLines)
            y = SetLine(page, setter, paper, line, _title, y);

        foreach (var line in _noteLines)
            y = SetLine(page, setter, paper, line, _note, y);
    }

    private static float SetLine(PageText page, TextSetter setter, Paper paper, string line, TextStyle style, float y)
    {
        setter.Set(page, line, style, new TextBox(Paper.Margin, paper.FrameWidth, y + style.Size));
        return y + (style.Size * Leading);
    }
}
