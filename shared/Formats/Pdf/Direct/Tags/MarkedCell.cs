using ExportFunctions.Formats.Pdf.Direct.Objects;

namespace ExportFunctions.Formats.Pdf.Direct.Tags;

/// <summary>
/// A cell's structure element and its marked content: none for an empty cell, several pieces when its row spans a page break.
/// </summary>
/// <param name="Element">The element's object.</param>
internal sealed record MarkedCell(int Element)
{
    private readonly List<(int Page, int Piece)> _pieces = [];

    /// <summary>Adds content.</summary>
    public void Add(int page, int piece) => _pieces.Add((page, piece));

    /// <summary>Writes the entries that name the content.</summary>
    public void WriteContent(PdfBuffer target)
    {
        if (_pieces is [var (page, piece)])
        {
            target.Add("/Pg "u8).Reference(page).Add("/K "u8).Add(piece);
        }
        else if (_pieces.Count > 1)
        {
            target.Add("/K["u8);
            foreach (var part in _pieces)
                target.Add("<</Type/MCR/Pg "u8).Reference(part.Page).Add("/MCID "u8).Add(part.Piece).Add(">>"u8);

            target.Add("]"u8);
        }
    }
}
