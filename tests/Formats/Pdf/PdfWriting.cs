using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf;
using ExportFunctions.Formats.Pdf.Direct;
using ExportFunctions.Formats.Pdf.Skia;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>Makes files with either engine of the default build.</summary>
internal static class PdfWriting
{
    public static readonly TheoryData<string> Engines = new(PdfEngines.Direct, PdfEngines.Skia);

    public static PdfFormat Format(params string[] fallbackFonts) => Format(PdfEngines.Direct, threads: 1, fallbackFonts);

    public static PdfFormat Format(string engine, int threads = 1, string[]? fallbackFonts = null)
    {
        var options = Options.Create(new PdfOptions { Engine = engine, FallbackFonts = fallbackFonts ?? [] });
        return new PdfFormat([new DirectEngine(options, Options.Create(new FormatsOptions { CompressionThreads = threads })), new SkiaEngine(options)], options);
    }

    public static async Task<byte[]> FileAsync(FileLayout layout, IEnumerable<object?[]> rows, PdfFormat? format = null) =>
        (await SampleRows.WriteAsync(format ?? Format(), layout, rows)).Output.ToArray();
}
