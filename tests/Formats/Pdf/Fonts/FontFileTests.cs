using ExportFunctions.Formats.Pdf.Fonts;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Formats.Pdf.Fonts;

public sealed class FontFileTests
{
    private const string PostScriptFont = "/usr/share/fonts/opentype/urw-base35/NimbusRoman-Regular.otf";

    [Fact]
    public void Load_ReadsWhatADescriptorSays()
    {
        var font = FontFile.Load(FontSource.Of(ShippedFonts.Open(ShippedFonts.Regular)));

        Assert.Equal(("NotoSans-Regular", 1000, 714), (font.Metrics.Name, font.UnitsPerEm, font.Metrics.CapHeight));
        Assert.InRange(font.GlyphCount, 1000, 10_000);
        Assert.False(font.IsPostScript);
    }

    [Theory]
    [InlineData("cut short", "ttcf")]
    [InlineData("TrueType or OpenType", "wOFF")]
    public void Load_SaysWhy_WhenTheFileIsNoFont(string reason, string signature)
    {
        var bytes = FontFolder.Shipped(ShippedFonts.Hebrew);
        System.Text.Encoding.ASCII.GetBytes(signature, bytes);

        var exception = Assert.Throws<InvalidDataException>(() => FontFile.Load(FontSource.Of(new MemoryStream(bytes))));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Refuses_WhenTheLicenceFlagsForbidEmbedding()
    {
        var bytes = FontFolder.Shipped(ShippedFonts.Hebrew);
        bytes[bytes.AsSpan().IndexOf("OS/2"u8) is var record ? (bytes[record + 10] << 8 | bytes[record + 11]) + 9 : 0] = 2;

        Assert.Throws<InvalidDataException>(() => FontFile.Load(FontSource.Of(new MemoryStream(bytes))));
    }

    [Fact]
    public void Load_NeverFailsOtherwise_WhenBytesAreDamaged()
    {
        var random = new Random(3);
        var font = FontFolder.Shipped(ShippedFonts.Hebrew);
        for (var round = 0; round < 300; round++)
        {
            var bytes = font[..random.Next(font.Length)];
            for (var i = 0; i < 8 && bytes.Length > 0; i++)
                bytes[random.Next(Math.Min(bytes.Length, 400))] = (byte)random.Next(256);

            Assert.IsType<InvalidDataException>(
                Record.Exception(() => FontFile.Load(FontSource.Of(new MemoryStream(bytes)))) ?? new InvalidDataException());
        }
    }

    [Fact]
    public async Task Write_EmbedsPostScriptOutlines_FromAConfiguredFont()
    {
        if (!File.Exists(PostScriptFont))
            Assert.Skip("The package fonts-urw-base35 is not installed.");

        // One of the few characters that this font has and the shipped ones lack.
        var format = PdfWriting.Format(PostScriptFont);
        var columns = new[] { SampleRows.Column("name", "Name", ExportFunctions.Datasets.ColumnType.Text) };
        var (output, warnings) = await SampleRows.WriteAsync(format, SampleRows.Layout(columns, rowsExpected: 1), [["a ♣ b"]]);

        using var document = PdfDocument.Open(output.ToArray());
        Assert.Empty(warnings);
        Assert.Contains(
            document.GetPage(1).Letters, letter => letter.Value == "♣" && letter.FontName!.Contains("Nimbus", StringComparison.Ordinal));
        Assert.InRange(output.BytesWritten, 1000, 100_000);
    }
}
