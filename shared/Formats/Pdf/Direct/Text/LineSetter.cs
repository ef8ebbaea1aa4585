using ExportFunctions.Formats.Pdf.Direct.Objects;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>Sets single lines anywhere on a page: titles, headings and what stands at the foot.</summary>
/// <param name="fonts">The document's fonts.</param>
/// <param name="style">How the lines are set.</param>
/// <param name="color">The operator that sets their colour.</param>
internal sealed class LineSetter(DocumentFonts fonts, TextStyle style, string color) : IDisposable
{
    private readonly TextLayout _layout = new(fonts, style);
    private readonly CleanText _clean = new();

    /// <summary>The size, in hundredths of a point.</summary>
    public int Size => style.Size;

    /// <summary>The width of a line, in hundredths of a point.</summary>
    public int Measure(string text) => ToPoints(_layout.Measure(_clean.Of(text)));

    /// <summary>Selects font and colour; inside a text object.</summary>
    public void Select(PdfBuffer page) =>
        page.Add("/F"u8).Add(fonts.Of(style.Weight).Font.Number).Add(" "u8).Points(style.Size).Add(" Tf "u8).Add(color).Add("\n"u8);

    /// <summary>Shows a line; inside a text object, with font and colour selected.</summary>
    /// <param name="page">The page's content.</param>
    /// <param name="text">The text.</param>
    /// <param name="left">The left edge, in hundredths of a point.</param>
    /// <param name="width">The width to stay within, in hundredths of a point.</param>
    /// <param name="baseline">The baseline from the sheet's bottom, in hundredths of a point.</param>
    /// <param name="isRight">Whether the line stands at the right end of its width.</param>
    public TextFlaws Set(PdfBuffer page, string text, int left, int width, int baseline, bool isRight = false)
    {
        var laid = _layout.LayLine(_clean.Of(text), (int)(width * 1000L / style.Size) + 10);
        page.Add("1 0 0 1 "u8).Points(
            isRight ? left + width - ToPoints(laid.Width) : left).Add(" "u8).Points(baseline).Add(" Tm "u8).Add(laid.Operators).Add("\n"u8);
        return laid.Flaws;
    }

    /// <summary>
    /// Shows a short line without shaping it, which is enough for figures and much faster; inside a text object, with font and colour
    /// selected.
    /// </summary>
    /// <param name="page">The page's content.</param>
    /// <param name="ascii">Plain characters.</param>
    /// <param name="left">The left edge, in hundredths of a point.</param>
    /// <param name="baseline">The baseline from the sheet's bottom, in hundredths of a point.</param>
    /// <returns>The right edge.</returns>
    public int SetPlain(PdfBuffer page, ReadOnlySpan<byte> ascii, int left, int baseline)
    {
        var (font, plain) = fonts.Of(style.Weight);
        Span<byte> text = stackalloc byte[(ascii.Length * 4) + 4];
        var written = plain.Write(ascii, text, font.UsedCharacters, int.MaxValue, out var width, out _);
        page.Add("1 0 0 1 "u8).Points(left).Add(" "u8).Points(baseline).Add(" Tm ("u8).Add(text[..written]).Add(")Tj\n"u8);
        return left + ToPoints(width);
    }

    /// <summary>The width of a short line of plain characters, in hundredths of a point.</summary>
    public int MeasurePlain(ReadOnlySpan<byte> ascii)
    {
        var (font, plain) = fonts.Of(style.Weight);
        Span<byte> text = stackalloc byte[(ascii.Length * 4) + 4];
        plain.Write(ascii, text, font.UsedCharacters, int.MaxValue, out var width, out _);
        return ToPoints(width);
    }

    public void Dispose() => _layout.Dispose();

    private int ToPoints(int thousandths) => (int)Math.Round(thousandths * (long)style.Size / 1000.0);
}
