using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Fonts;

namespace ExportFunctions.Formats.Pdf.Direct.Document;

/// <summary>Writes a font as a composite font with two-byte codes (ISO 32000-1, 9.7): its outlines as far as used, its widths, and the text of each glyph.</summary>
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
        var (composite, descendant, descriptor, program, unicode) = (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
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
        if (font.File.Outlines is { } outlines)
        {
            file.BeginStream(id, "/Subtype/CIDFontType0C", isDense: true).Add(outlines.Subset(font.File.Bytes, font.Used));
        }
        else
        {
            var bytes = font.File.Bytes.AsSpan().ToArray();
            TrueTypeSubset.Apply(bytes, font.Used, font.StandIn != 0 && font.Used[font.StandIn] ? font.StandIn : 0);
            file.BeginStream(id, string.Create(CultureInfo.InvariantCulture, $"/Length1 {bytes.Length}"), isDense: true).Add(bytes);
        }

        file.End();
    }

    private static void WriteDescriptor(PdfFile file, DocumentFont font, int id, int program, string name)
    {
        var metrics = font.File.Metrics;
        file.Begin(id).Add("<</Type/FontDescriptor/Flags 4/FontName/"u8).Add(name).Add(string.Create(
            CultureInfo.InvariantCulture,
            $"/FontBBox[{string.Join(' ', metrics.Box)}]/ItalicAngle {metrics.ItalicAngle}/Ascent {metrics.Ascent}/Descent {metrics.Descent}/CapHeight {metrics.CapHeight}/StemV 80"))
            .Add(font.File.Outlines is null ? "/FontFile2 "u8 : "/FontFile3 "u8).Reference(program).Add(">>"u8);
        file.End();
    }

    private static void WriteDescendant(PdfFile file, DocumentFont font, int id, int descriptor, string name, List<(ushort Code, ushort Glyph)> glyphs)
    {
        var text = file.Begin(id).Add(font.File.Outlines is null ? "<</Type/Font/Subtype/CIDFontType2/CIDToGIDMap/Identity/BaseFont/"u8 : "<</Type/Font/Subtype/CIDFontType0/BaseFont/"u8);
        text.Add(name).Add("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor "u8).Reference(descriptor).Add("/DW 1000/W["u8);
        for (var i = 0; i < glyphs.Count; i++)
        {
            if (i == 0 || glyphs[i].Code != glyphs[i - 1].Code + 1)
                text.Add(i == 0 ? ""u8 : "]"u8).Add(glyphs[i].Code).Add("["u8);

            text.Add(font.Width(glyphs[i].Glyph)).Add(" "u8);
        }

        text.Add("]]>>"u8);
        file.End();
    }

    private static List<(ushort Code, ushort Glyph)> UsedGlyphs(DocumentFont font)
    {
        var glyphs = new List<(ushort Code, ushort Glyph)>();
        for (var glyph = 0; glyph < font.Used.Length; glyph++)
        {
            if (font.Used[glyph])
                glyphs.Add((font.CodeOf((ushort)glyph), (ushort)glyph));
        }

        glyphs.Sort();
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
