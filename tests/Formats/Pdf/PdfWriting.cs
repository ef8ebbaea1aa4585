using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf;
using ExportFunctions.Formats.Pdf.Direct;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>Makes files with the engine of the default build.</summary>
internal static class PdfWriting
{
    public static PdfFormat Format(params string[] fallbackFonts) => Format(threads: 1, fallbackFonts);

    public static PdfFormat Format(int threads, params string[] fallbackFonts) =>
        Format(new PdfOptions { FallbackFonts = fallbackFonts, SystemFonts = false }, threads);

    public static PdfFormat FormatWithFolder(string fonts) => Format(new PdfOptions { FontFolders = [fonts], SystemFonts = false });

    // No font of this machine, unless a test asks for it.
    public static PdfFormat Format(PdfOptions settings, int threads = 1)
    {
        var options = Options.Create(settings);
        return new PdfFormat([new DirectEngine(options, Options.Create(new FormatsOptions { CompressionThreads = threads }))], options);
    }

    public static async Task<byte[]> FileAsync(FileLayout layout, IEnumerable<object?[]> rows, PdfFormat? format = null) =>
        (await SampleRows.WriteAsync(format ?? Format(), layout, rows)).Output.ToArray();
}
