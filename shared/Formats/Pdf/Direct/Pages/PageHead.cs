using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Tags;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>What stands above the table on the first page: the logo, the title and what is said about the records.</summary>
/// <param name="measures">The lengths on a page.</param>
/// <param name="styles">What sets the texts.</param>
/// <param name="lines">The texts, broken into lines.</param>
/// <param name="logo">The logo's size; zeros without one.</param>
/// <param name="isRightToLeft">Whether texts stand right, and the logo left.</param>
internal sealed class PageHead(TableMeasures measures, PageStyles styles, TitleLines lines, LogoBox logo, bool isRightToLeft)
{
    /// <summary>The logo's name in the resources of what draws it.</summary>
    public const string LogoName = "G";

    /// <summary>Draws all of it.</summary>
    /// <param name="content">The first page's content, or a form's.</param>
    /// <param name="tags">The structure; null when the file is not tagged.</param>
    /// <param name="page">The page's marks.</param>
    public void Write(PdfBuffer content, StructureTree? tags, MarkedPage? page)
    {
        var y = measures.PaperHeight - measures.Margin;
        content.Add("BT "u8);
        WriteLines(content, styles.Title, lines.Titles, "H1"u8, ref y, tags, page);
        WriteLines(content, styles.Subtitle, lines.Subtitle, "P"u8, ref y, tags, page);
        WriteLines(content, styles.Note, lines.Facts, "P"u8, ref y, tags, page);
        WriteLines(content, styles.Note, lines.Filter, "P"u8, ref y, tags, page);
        WriteLines(content, styles.Note, lines.Sort, "P"u8, ref y, tags, page);
        content.Add("ET\n"u8);
        if (logo.Height > 0)
            WriteLogo(content, tags, page);
    }

    private void WriteLogo(PdfBuffer content, StructureTree? tags, MarkedPage? page)
    {
        var (width, height) = (TableMeasures.Points(logo.Width), TableMeasures.Points(logo.Height));
        var left = isRightToLeft ? measures.Margin : measures.PaperWidth - measures.Margin - width;
        var bottom = measures.PaperHeight - measures.Margin - height;
        tags?.OpenFigure(content, page!, "Logo", (left, bottom, left + width, bottom + height));
        content.Add("q "u8).Points(width).Add(" 0 0 "u8).Points(height).Add(" "u8).Points(left).Add(" "u8).Points(bottom)
            .Add(" cm/"u8).Add(LogoName).Add(" Do Q\n"u8);
        if (tags is not null)
            content.Add("EMC "u8);
    }

    private void WriteLines(
        PdfBuffer content,
        LineSetter setter,
        IReadOnlyList<string> texts,
        ReadOnlySpan<byte> type,
        ref int y,
        StructureTree? tags,
        MarkedPage? page)
    {
        if (texts.Count == 0)
            return;

        tags?.OpenParagraph(content, page!, type);
        setter.Select(content);
        var (left, width) = (measures.Margin, measures.FrameWidth);
        if (logo.Width > 0)
        {
            var taken = TableMeasures.Points(logo.Width) + setter.Size;
            (left, width) = (left + (isRightToLeft ? taken : 0), width - taken);
        }

        foreach (var text in texts)
        {
            setter.Set(content, text, left, width, y - setter.Size, isRightToLeft);
            y -= (int)(setter.Size * TitleLines.Leading);
        }

        if (tags is not null)
            content.Add("EMC "u8);
    }
}
