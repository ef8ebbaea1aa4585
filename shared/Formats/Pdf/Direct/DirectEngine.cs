using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Direct.Pages;
using ExportFunctions.Formats.Pdf.Direct.Slices;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Pdf.Direct;

/// <summary>Writes PDF with nothing between the table and the file: pages are composed, compressed and forgotten.</summary>
/// <param name="options">The fall-back fonts.</param>
/// <param name="formats">The threads that compress.</param>
internal sealed class DirectEngine(IOptions<PdfOptions> options, IOptions<FormatsOptions> formats) : IPdfEngine, ISlicedFormat
{
    private readonly SharedFonts _fonts = new(options.Value);

    public string Name => PdfEngines.Direct;

    public void Check(IReadOnlyList<DatasetColumn> columns, FormatOptions options, FieldErrors errors)
    {
        // Columns that do not fit a page continue on further pages; the rows of a tagged file are counted when they are read.
    }

    // The structure of a tagged file counts through it.
    public bool CanSlice(FormatOptions options) => !options.Tagged;

    public ReadOnlyMemory<byte> Prepare(FileLayout layout, RowBatch? first) => new PdfPlan(layout.RowsExpected, PageDesign.Measure(layout, _fonts, first)).ToBytes();

    public ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice) => new DirectSliceWriter(output, layout, slice, _fonts, formats.Value.EffectiveCompressionThreads);

    public ValueTask WriteEndAsync(Stream output, FileLayout layout, ReadOnlyMemory<byte> plan, IReadOnlyList<WrittenSlice> slices, CancellationToken cancellationToken) =>
        new SlicedDocumentEnd(output, layout, _fonts, formats.Value.EffectiveCompressionThreads).WriteAsync(PdfPlan.Read(plan), slices, cancellationToken);

    public IRowWriter CreateWriter(Stream output, FileLayout layout) => new DirectRowWriter(output, layout, _fonts, formats.Value.EffectiveCompressionThreads);
}
