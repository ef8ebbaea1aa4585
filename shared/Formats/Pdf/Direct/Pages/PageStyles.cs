using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>What sets the texts around the table's rows.</summary>
/// <param name="fonts">The document's fonts.</param>
/// <param name="tableSize">The size of the table's text, in hundredths of a point.</param>
internal sealed class PageStyles(DocumentFonts fonts, int tableSize) : IDisposable
{
    /// <summary>The table's header.</summary>
    public LineSetter Header { get; } = new(fonts, new TextStyle(TextWeight.Bold, tableSize), PageColors.Heading);

    /// <summary>The file's title.</summary>
    public LineSetter Title { get; } = new(fonts, new TextStyle(TextWeight.Bold, (int)(TitleLines.TitleSize * 100)), PageColors.Heading);

    /// <summary>The line under the title.</summary>
    public LineSetter Subtitle { get; } =
        new(fonts, new TextStyle(TextWeight.Regular, (int)(TitleLines.SubtitleSize * 100)), PageColors.Heading);

    /// <summary>What stands under the title and at the foot.</summary>
    public LineSetter Note { get; } = new(fonts, new TextStyle(TextWeight.Regular, (int)(TitleLines.NoteSize * 100)), PageColors.Muted);

    public void Dispose()
    {
        Header.Dispose();
        Title.Dispose();
        Subtitle.Dispose();
        Note.Dispose();
    }
}
