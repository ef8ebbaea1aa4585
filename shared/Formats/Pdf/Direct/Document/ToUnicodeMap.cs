using System.Buffers;
using System.Buffers.Text;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Document;

/// <summary>Writes the map from glyphs to text (ISO 32000-1, 9.10.3), which makes searching and copying work.</summary>
internal static class ToUnicodeMap
{
    private const int MaxInBlock = 100;

    /// <summary>Writes the map.</summary>
    public static void Write(PdfBuffer target, DocumentFont font, List<ushort> glyphs)
    {
        target.Add("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"u8);
        target.Add("/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"u8);
        foreach (var block in glyphs.Chunk(MaxInBlock))
        {
            target.Add(block.Length).Add(" beginbfchar\n"u8);
            foreach (var glyph in block)
            {
                target.Add("<"u8);
                Hexadecimal(target, glyph);
                target.Add("><"u8);

                // A glyph without a text of its own only shows inside an ActualText, which outranks the map.
                foreach (var character in font.TextOf(glyph) ?? "\uFFFD")
                    Hexadecimal(target, character);

                target.Add(">\n"u8);
            }

            target.Add("endbfchar\n"u8);
        }

        target.Add("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"u8);
    }

    private static void Hexadecimal(PdfBuffer target, ushort value)
    {
        Span<byte> digits = stackalloc byte[4];
        Utf8Formatter.TryFormat(value, digits, out _, new StandardFormat('X', 4));
        target.Add(digits);
    }
}
