using ExportFunctions.Datasets;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>Draws pages with SkiaSharp, one at a time.</summary>
/// <param name="options">The fall-back fonts.</param>
internal sealed class SkiaEngine(IOptions<PdfOptions> options) : IPdfEngine
{
    public string Name => PdfEngines.Skia;

    public void Check(IReadOnlyList<DatasetColumn> columns, FormatOptions options, FieldErrors errors)
    {
        // Columns that do not fit a page continue on further pages.
        PdfEngines.RefuseDirectOptions(options, errors);
    }

    public IRowWriter CreateWriter(Stream output, FileLayout layout) => new SkiaRowWriter(output, layout, options.Value.FallbackFonts);
}
