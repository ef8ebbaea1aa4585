using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct.Document;

/// <summary>
/// Writes a font as a composite font with two-byte codes (ISO 32000-1, 9.7): its outlines as far as used, its widths, and the text of
/// each glyph.
/// </summary>
internal static class FontEmbedding
{
    /// <summary>Writes the fonts a document uses.</summary>
    /// <param name="file">The file, with no object open.</param>
    /// <param name="fonts">The document's fonts.</param>
    /// <param name="id">The object that lists them by resource name.</param>
    public static void Write(PdfFile file, DocumentFonts fonts, int id)
    {
        var names = new StringBuilder("<<");
        foreach (var font in fonts.All)
        {
            font.TakePlainGlyphs();
            if (font.Used.AsSpan().Contains(true))
                names.Append(CultureInfo.InvariantCulture, $"/F{font.Number} {Write(file, font)} 0 R");
        }

        file.Begin(id).Add(names.Append(">>").ToString());
        file.End();
    }

    private static int Write(PdfFile file, DocumentFont font)
    {
        var (composite, descendant, descriptor, program, unicode) =
            (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
        var name = $"{Tag(font)}+{font.File.Metrics.Name}";
        var glyphs = UsedGlyphs(font);
        WriteProgram(file, font, program);
        WriteDescriptor(file, font, descriptor, program, name);
        WriteDescendant(file, font, descendant, descriptor, name, glyphs);
        ToUnicodeMap.Write(file.BeginStream(unicode, isDense: true), font, glyphs);
        file.End();
        file.Begin(composite).Add("<</Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/"u8).Add(name)
            .Add("/DescendantFonts["u8).Reference(descendant).Add("]/ToUnicode "u8).Reference(unicode).Add(">>"u8);
        file.End();
        return composite;
    }

    private static void WriteProgram(PdfFile file, DocumentFont font, int id)
    {
        var bytes = Subset(font);
        var dictionary =
            font.File.IsPostScript ? "/Subtype/CIDFontType0C" : string.Create(CultureInfo.InvariantCulture, $"/Length1 {bytes.Length}");
        file.BeginStream(id, dictionary, isDense: true).Add(bytes);
        file.End();
    }

    private static byte[] Subset(DocumentFont font)
    {
        try
        {
            return font.File.Subset(font.Used, font.StandIn != 0 && font.Used[font.StandIn] ? font.StandIn : 0);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw ExportFailureException.Permanent(
                "font_unreadable",
                $"The outlines of the font {font.File.Metrics.Name} cannot be read. Ask the operator to replace the font file, or to take"
                    + " it out of the fonts that the app finds (Exports:Pdf:FallbackFonts, FontFolders, SystemFonts).",
                exception);
        }
    }

    private static void WriteDescriptor(PdfFile file, DocumentFont font, int id, int program, string name)
    {
        var metrics = font.File.Metrics;
        file.Begin(id).Add("<</Type/FontDescriptor/Flags 4/FontName/"u8).Add(name).Add(string.Create(
            CultureInfo.InvariantCulture,
            $"/FontBBox[{string.Join(' ', metrics.Box)}]/ItalicAngle {metrics.ItalicAngle}/Ascent {metrics.Ascent}/Descent"
                + $" {metrics.Descent}/CapHeight {metrics.CapHeight}/StemV 80"))
            .Add(font.File.IsPostScript ? "/FontFile3 "u8 : "/FontFile2 "u8).Reference(program).Add(">>"u8);
        file.End();
    }

    private static void WriteDescendant(PdfFile file, DocumentFont font, int id, int descriptor, string name, List<ushort> glyphs)
    {
        var text =
            file.Begin(id).Add(
                font.File.IsPostScript
                    ? "<</Type/Font/Subtype/CIDFontType0/BaseFont/"u8
                    : "<</Type/Font/Subtype/CIDFontType2/CIDToGIDMap/Identity/BaseFont/"u8);
        text.Add(name).Add("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor "u8).Reference(
            descriptor).Add("/DW 1000/W["u8);
        for (var i = 0; i < glyphs.Count; i++)
        {
            if (i == 0 || glyphs[i] != glyphs[i - 1] + 1)
                text.Add(i == 0 ? ""u8 : "]"u8).Add(glyphs[i]).Add("["u8);

            text.Add(font.Width(glyphs[i])).Add(" "u8);
        }

        text.Add("]]>>"u8);
        file.End();
    }

    private static List<ushort> UsedGlyphs(DocumentFont font)
    {
        var glyphs = new List<ushort>();
        for (var glyph = 0; glyph < font.Used.Length; glyph++)
        {
            if (font.Used[glyph])
                glyphs.Add((ushort)glyph);
        }

        return glyphs;
    }

    // Six letters tell subsets of one font apart (ISO 32000-1, 9.6.4); the same glyphs give the same.
    private static string Tag(DocumentFont font)
    {
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(font.Used.AsSpan()));
        return string.Create(6, hash, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
                letters[i] = (char)('A' + (bytes[i] % 26));
        });
    }
}
