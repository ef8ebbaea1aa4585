using ExportFunctions.Formats.Pdf.Fonts;
using SkiaSharp;

namespace ExportFunctions.Tests.Formats.Pdf.Fonts;

public sealed class TrueTypeSubsetTests
{
    [Fact]
    public void Apply_KeepsUsedOutlinesWithTheirParts_AndEmptiesTheRest()
    {
        var bytes = FontFolder.Shipped(ShippedFonts.Regular);
        using var whole = SKTypeface.FromData(SKData.CreateCopy(bytes));
        var used = new bool[whole.GlyphCount];
        used[whole.GetGlyph('é')] = true;

        TrueTypeSubset.Apply(bytes, used);

        using var subset = SKTypeface.FromData(SKData.CreateCopy(bytes));
        Assert.Equal(Outline(whole, 'é'), Outline(subset, 'é'));
        Assert.Equal("", Outline(subset, 'Ω'));
        Assert.Equal(whole.GlyphCount, subset.GlyphCount);
        Assert.InRange(bytes.Count(value => value != 0), 1, 200_000);
    }

    [Fact]
    public void Apply_LeavesTheBytes_WhenTheyAreNotATrueTypeFont()
    {
        var bytes = "OTTO and something more"u8.ToArray();

        TrueTypeSubset.Apply(bytes, [true, true]);

        Assert.Equal("OTTO and something more"u8.ToArray(), bytes);
    }

    private static string Outline(SKTypeface typeface, char character)
    {
        using var font = new SKFont(typeface, 100);
        using var path = font.GetGlyphPath(typeface.GetGlyph(character));
        return path.ToSvgPathData();
    }
}
