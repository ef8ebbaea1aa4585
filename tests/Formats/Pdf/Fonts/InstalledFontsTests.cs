using ExportFunctions.Formats.Pdf.Fonts;

namespace ExportFunctions.Tests.Formats.Pdf.Fonts;

public sealed class InstalledFontsTests
{
    private const string Collection = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

    [Fact]
    public void Find_TakesTheFontThatHasTheCharacter_OrNone()
    {
        using var folder = new FontFolder();
        folder.Add("hebrew.ttf");
        folder.Add("thai.TTF", FontFolder.Shipped(ShippedFonts.Thai));
        var fonts = new InstalledFonts([folder.Path]);

        Assert.Equal("NotoSansThai-Regular", fonts.Find('ก')!.Metrics.Name);
        Assert.Equal("NotoSansHebrew-Regular", fonts.Find('ש')!.Metrics.Name);
        Assert.Null(fonts.Find('山'));
    }

    [Fact]
    public void Find_TakesTheFirstFolder_ThenTheBestFamily_ThenTheRegularWeight()
    {
        using var first = new FontFolder();
        using var second = new FontFolder();
        first.Add("a.ttf", FontFolder.Shipped(ShippedFonts.Bold));
        second.Add("a.ttf", FontFolder.Shipped(ShippedFonts.Bold));
        second.Add("b.ttf", FontFolder.Shipped(ShippedFonts.Signs));
        second.Add("c.ttf", FontFolder.Shipped(ShippedFonts.Regular));

        Assert.Equal("NotoSans-Bold", new InstalledFonts([first.Path, second.Path]).Find('a')!.Metrics.Name);
        Assert.Equal("NotoSans-Regular", new InstalledFonts([second.Path]).Find('a')!.Metrics.Name);
    }

    [Fact]
    public void Find_PassesOver_WhatIsNoFontOrMayNotBeEmbedded()
    {
        using var folder = new FontFolder();
        folder.Add("a.ttf", "not a font"u8.ToArray());
        folder.Add("b.ttc", "ttcf and nothing more"u8.ToArray());
        folder.Add("c.ttf", Restricted());
        folder.Add("d.txt", FontFolder.Shipped(ShippedFonts.Hebrew));

        Assert.Null(new InstalledFonts([folder.Path, "/nowhere/at/all"]).Find('ש'));
    }

    [Fact]
    public void Find_HasNoMeaning_ForPrivateUse()
    {
        using var folder = new FontFolder();
        folder.Add("signs.ttf", FontFolder.Shipped(ShippedFonts.Signs));
        var fonts = new InstalledFonts([folder.Path]);

        Assert.Null(fonts.Find(0xE000));
        Assert.Null(fonts.Find(0xF6C5));
    }

    [Fact]
    public void Find_ReadsCollections()
    {
        if (!File.Exists(Collection))
            Assert.Skip("The package fonts-noto-cjk is not installed.");

        var font = new InstalledFonts(["/usr/share/fonts/opentype/noto"]).Find('㐂');

        Assert.True(font!.IsPostScript);
        Assert.True(font.Has('㐂'));
    }

    [Fact]
    public void Find_TakesTheSame_WhateverTheFilesAreCalled()
    {
        using var first = new FontFolder();
        using var second = new FontFolder();
        first.Add("1.ttf", FontFolder.Shipped(ShippedFonts.Arabic));
        first.Add("2.ttf", FontFolder.Shipped(ShippedFonts.Signs));
        second.Add("2.ttf", FontFolder.Shipped(ShippedFonts.Arabic));
        second.Add("1.ttf", FontFolder.Shipped(ShippedFonts.Signs));

        Assert.Equal(new InstalledFonts([first.Path]).Find('م')!.Metrics.Name, new InstalledFonts([second.Path]).Find('م')!.Metrics.Name);
    }

    private static byte[] Restricted()
    {
        var bytes = FontFolder.Shipped(ShippedFonts.Hebrew);
        bytes[bytes.AsSpan().IndexOf("OS/2"u8) is var record ? (bytes[record + 10] << 8 | bytes[record + 11]) + 9 : 0] = 2;
        return bytes;
    }
}
