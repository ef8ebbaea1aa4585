using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Formats.Pdf;

public sealed class PdfOptionsTests
{
    [Fact]
    public void AddPdf_GivesTheFormat_WithoutSettings()
    {
        using var services = Services([]);

        var format = Assert.Single(services.GetServices<IFileFormat>());

        Assert.Equal(("pdf", "application/pdf", ".pdf"), (format.Name, format.ContentType, format.FileExtension));
    }

    [Fact]
    public void Options_ReadTheFontsInOrder()
    {
        using var folder = new FontFolder();
        var (first, second) = (folder.Add("a.ttf"), folder.Add("b.ttf"));

        using var services = Services(new()
        {
            ["Exports:Pdf:FallbackFonts:0"] = first,
            ["Exports:Pdf:FallbackFonts:1"] = second,
            ["Exports:Pdf:Engine"] = "Direct",
        });

        Assert.Equal([first, second], services.GetRequiredService<IOptions<PdfOptions>>().Value.FallbackFonts);
    }

    [Theory]
    [InlineData("Exports:Pdf:Engine", "quill", "direct")]
    [InlineData("Exports:Pdf:Engine", "skia", "direct")]
    [InlineData("Exports:Pdf:FallbackFonts:0", "/nowhere/at/all.ttf", "not a file")]
    [InlineData("Exports:Pdf:FontFolders:0", "/nowhere/at/all", "not a folder")]
    [InlineData("Exports:Pdf:Logo", "/nowhere/at/all.png", "no such file")]
    [InlineData("Exports:Pdf:QuestPdfMaxRows", "0", "1 to 1000000")]
    public void Options_NameTheSettingAndTheFix_WhenAValueCannotWork(string setting, string value, string fix)
    {
        using var services = Services(new() { [setting] = value });

        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<PdfOptions>>().Value);

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
        Assert.Contains(fix, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_NameTheSetting_WhenAFileIsNotAFont()
    {
        using var folder = new FontFolder();
        var path = folder.Add("broken.ttf", "not a font"u8.ToArray());

        using var services = Services(new() { ["Exports:Pdf:FallbackFonts:0"] = path });

        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<PdfOptions>>().Value);
        Assert.Contains("Exports:Pdf:FallbackFonts:0", exception.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddPdf(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
}
