using ExportFunctions.Datasets;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Pdf.Direct;

/// <summary>Writes PDF with nothing between the table and the file: pages are composed, compressed and forgotten.</summary>
/// <param name="options">The fall-back fonts.</param>
/// <param name="formats">The threads that compress.</param>
internal sealed class DirectEngine(IOptions<PdfOptions> options, IOptions<FormatsOptions> formats) : IPdfEngine
{
    private readonly SharedFonts _fonts = new(options.Value.FallbackFonts);

    public string Name => PdfEngines.Direct;

    public void Check(IReadOnlyList<DatasetColumn> columns, FormatOptions options, FieldErrors errors)
    {
        // Columns that do not fit a page continue on further pages; the rows of a tagged file are counted when they are read.
    }

    public IRowWriter CreateWriter(Stream output, FileLayout layout) => new DirectRowWriter(output, layout, _fonts, formats.Value.EffectiveCompressionThreads);
}
