using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>What sets the texts around the table's rows.</summary>
/// <param name="fonts">The document's fonts.</param>
/// <param name="tableSize">The size of the table's text, in hundredths of a point.</param>
internal sealed class PageStyles(DocumentFonts fonts, int tableSize) : IDisposable
{
    public const float TitlePoints = 16;
    public const float NotePoints = 8.5f;

    /// <summary>The table's header.</summary>
    public LineSetter Header { get; } = new(fonts, new TextStyle(TextWeight.Bold, tableSize), PageColors.Heading);

    /// <summary>The file's title.</summary>
    public LineSetter Title { get; } = new(fonts, new TextStyle(TextWeight.Bold, (int)(TitlePoints * 100)), PageColors.Heading);

    /// <summary>What stands under the title and at the foot.</summary>
    public LineSetter Note { get; } = new(fonts, new TextStyle(TextWeight.Regular, (int)(NotePoints * 100)), PageColors.Muted);

    public void Dispose()
    {
        Header.Dispose();
        Title.Dispose();
        Note.Dispose();
    }
}
