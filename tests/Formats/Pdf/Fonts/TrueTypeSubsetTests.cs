using ExportFunctions.Formats.Pdf.Fonts;
using SkiaSharp;

namespace ExportFunctions.Tests.Formats.Pdf.Fonts;

public sealed class TrueTypeSubsetTests
{
    [Fact]
    public void Subset_HasUsedOutlinesWithTheirParts_AndNoOther()
    {
        var bytes = FontFolder.Shipped(ShippedFonts.Regular);
        using var whole = SKTypeface.FromData(SKData.CreateCopy(bytes));
        var (shown, other) = (whole.GetGlyph('é'), whole.GetGlyph('Ω'));
        var used = new bool[whole.GlyphCount];
        used[shown] = true;

        var made = FontFile.Load(FontSource.Of(new MemoryStream(bytes))).Subset(used, standIn: 0);

        using var subset = SKTypeface.FromData(SKData.CreateCopy(made));
        Assert.Equal(Outline(whole, shown), Outline(subset, shown));
        Assert.Equal("", Outline(subset, other));
        Assert.InRange(made.Length, 1, 60_000);
    }

    [Fact]
    public void Subset_ShowsTheBox_InTheGlyphThatStandsIn()
    {
        var bytes = FontFolder.Shipped(ShippedFonts.Regular);
        using var whole = SKTypeface.FromData(SKData.CreateCopy(bytes));
        var standIn = whole.GetGlyph(0xFFFD);
        var used = new bool[whole.GlyphCount];
        used[standIn] = true;

        var made = FontFile.Load(FontSource.Of(new MemoryStream(bytes))).Subset(used, standIn);

        using var subset = SKTypeface.FromData(SKData.CreateCopy(made));
        Assert.Equal(Outline(whole, 0), Outline(subset, standIn));
    }

    private static string Outline(SKTypeface typeface, ushort glyph)
    {
        using var font = new SKFont(typeface, 100);
        using var path = font.GetGlyphPath(glyph);
        return path?.ToSvgPathData() ?? "";
    }
}
