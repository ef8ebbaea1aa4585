namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>The text styles of one document.</summary>
internal sealed class PageStyles
{
    private const float TitleSize = 16;
    private const float NoteSize = 8.5f;

    /// <summary>Makes the styles for a size of the table's text.</summary>
    /// <param name="fonts">The document's fonts.</param>
    /// <param name="regular">Plain glyphs of the regular font.</param>
    /// <param name="bold">Plain glyphs of the bold font.</param>
    /// <param name="tableSize">The size of the table's text, in points.</param>
    public PageStyles(FontSet fonts, PlainGlyphs regular, PlainGlyphs bold, float tableSize)
    {
        Cell = new TextStyle(fonts.Regular, regular, tableSize, PageColors.Ink);
        Header = new TextStyle(fonts.Bold, bold, tableSize, PageColors.Heading);
        Title = new TextStyle(fonts.Bold, bold, TitleSize, PageColors.Heading);
        Note = new TextStyle(fonts.Regular, regular, NoteSize, PageColors.Muted);
    }

    /// <summary>The table's rows.</summary>
    public TextStyle Cell { get; }

    /// <summary>The table's header.</summary>
    public TextStyle Header { get; }

    /// <summary>The file's title.</summary>
    public TextStyle Title { get; }

    /// <summary>What stands under the title and at the foot.</summary>
    public TextStyle Note { get; }
}
