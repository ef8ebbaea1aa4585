using ExportFunctions.Formats.Pdf.Fonts;
using SkiaSharp;

namespace ExportFunctions.Tests.Formats.Pdf.Fonts;

public sealed class CompactOutlinesTests
{
    // Keyed by CID, with subroutines of many dictionaries; keyed by name; keyed by CID without subroutines.
    private const string Collection = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
    private const string KeyedByName = "/usr/share/fonts/opentype/urw-base35/NimbusRoman-Regular.otf";

    [Theory]
    [InlineData(Collection, 0, "山㐂あ김§A")]
    [InlineData(Collection, 2, "山㐂陈，")]
    [InlineData(KeyedByName, 0, "Ag♣é§")]
    public void Subset_DrawsTheSameOutlines(string path, int face, string characters)
    {
        if (!File.Exists(path))
            Assert.Skip($"{path} is not installed.");

        using var whole = SKTypeface.FromFile(path, face);
        using var source = FontSource.OpenFile(path);

        AssertSame(whole, FontFile.Load(source, face), characters);
    }

    [Fact]
    public void Subset_DrawsTheSameOutlines_OfTheShippedFont()
    {
        var bytes = FontFolder.Shipped(ShippedFonts.EastAsian);
        using var whole = SKTypeface.FromData(SKData.CreateCopy(bytes));

        AssertSame(whole, FontFile.Load(FontSource.Of(new MemoryStream(bytes))), "山田𠮷김ア、");
    }

    [Fact]
    public void Subset_NeverFailsOtherwise_WhenOutlinesAreDamaged()
    {
        var whole = FontFolder.Shipped(ShippedFonts.EastAsian);
        var outlines = whole.AsSpan().IndexOf(
            "CFF "u8) is var record ? System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(whole.AsSpan(record + 8)) : 0;
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var bytes = whole.ToArray();
            for (var i = 0; i < 20; i++)
                bytes[outlines + random.Next(round % 2 == 0 ? 4000 : whole.Length - outlines)] = (byte)random.Next(256);

            var font = FontFile.Load(FontSource.Of(new MemoryStream(bytes)));
            var used = Enumerable.Range(0, font.GlyphCount).Select(glyph => glyph % 500 == 0).ToArray();
            Assert.IsType<InvalidDataException>(Record.Exception(() => font.Subset(used, standIn: 0)) ?? new InvalidDataException());
        }
    }

    // A reader asks a font that is keyed by CID for the CID, which is the number the glyph had.
    private static void AssertSame(SKTypeface whole, FontFile file, string characters)
    {
        var glyphs = characters.EnumerateRunes().Select(rune => whole.GetGlyph(rune.Value)).Order().ToList();
        var used = new bool[file.GlyphCount];
        foreach (var glyph in glyphs)
            used[glyph] = true;

        using var subset = SKTypeface.FromData(SKData.CreateCopy(file.Subset(used, standIn: 0)));

        Assert.DoesNotContain((ushort)0, glyphs);
        Assert.All(glyphs, glyph => Assert.NotEmpty(Outline(subset, glyph)));
        Assert.Equal(glyphs.Select(glyph => Outline(whole, glyph)), glyphs.Select(glyph => Outline(subset, glyph)));
        Assert.Empty(Outline(subset, (ushort)(glyphs[0] - 1)));
    }

    private static string Outline(SKTypeface typeface, ushort glyph)
    {
        using var font = new SKFont(typeface, typeface.UnitsPerEm) { Hinting = SKFontHinting.None };
        using var path = font.GetGlyphPath(glyph);
        return path?.ToSvgPathData() ?? "";
    }
}
