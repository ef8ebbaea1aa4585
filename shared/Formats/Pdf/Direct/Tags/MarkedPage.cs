using ExportFunctions.Formats.Pdf.Direct.Objects;

namespace ExportFunctions.Formats.Pdf.Direct.Tags;

/// <summary>The marked content of one page: which structure element each piece belongs to.</summary>
/// <param name="Page">The page's object.</param>
/// <param name="Index">The page's key in the parent tree.</param>
internal sealed record MarkedPage(int Page, int Index)
{
    /// <summary>The element of each piece, by its number on the page.</summary>
    public List<int> Elements { get; } = [];

    /// <summary>Marks what follows as content of an element.</summary>
    /// <returns>The piece's number on the page.</returns>
    public int Open(PdfBuffer content, ReadOnlySpan<byte> type, int element)
    {
        Elements.Add(element);
        content.Add("/"u8).Add(type).Add("<</MCID "u8).Add(Elements.Count - 1).Add(">>BDC "u8);
        return Elements.Count - 1;
    }
}
