using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf;
using ExportFunctions.Formats.Pdf.Skia;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>Makes files with the default engine.</summary>
internal static class PdfWriting
{
    public static PdfFormat Format(params string[] fallbackFonts)
    {
        var options = Options.Create(new PdfOptions { FallbackFonts = fallbackFonts });
        return new PdfFormat([new SkiaEngine(options)], options);
    }

    public static async Task<byte[]> FileAsync(FileLayout layout, IEnumerable<object?[]> rows) =>
        (await SampleRows.WriteAsync(Format(), layout, rows)).Output.ToArray();
}
