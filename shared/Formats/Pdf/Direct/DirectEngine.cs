using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Direct.Pages;
using ExportFunctions.Formats.Pdf.Direct.Slices;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Images;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Pdf.Direct;

/// <summary>Writes PDF directly: pages are composed, compressed, written and released.</summary>
/// <param name="options">The fonts and the logo.</param>
/// <param name="formats">The threads that compress.</param>
internal sealed class DirectEngine(IOptions<PdfOptions> options, IOptions<FormatsOptions> formats) : IPdfEngine, ISlicedFormat
{
    private readonly PdfResources _resources =
        new(new SharedFonts(options.Value), new Logos(options.Value.Logo), formats.Value.EffectiveCompressionThreads);

    public string Name => PdfEngines.Direct;

    public void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors)
    {
        // Columns that do not fit a page continue on further pages; the rows of a tagged file are counted when they are read.
    }

    // The structure of a tagged file counts through it.
    public bool CanSlice(WriterOptions options) => !options.Tagged;

    public ReadOnlyMemory<byte> Prepare(FileLayout layout, RowBatch? first)
    {
        var needs = PageDesign.Measure(layout, _resources.Fonts, first);
        using var design = new PageDesign(layout, _resources, needs);
        return new PdfPlan(layout.RowsExpected, needs, design.Room).ToBytes();
    }

    public ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice) =>
        new DirectSliceWriter(output, layout, slice, _resources);

    public ValueTask WriteEndAsync(
        Stream output,
        FileLayout layout,
        ReadOnlyMemory<byte> plan,
        IReadOnlyList<WrittenSlice> slices,
        CancellationToken cancellationToken) =>
        new SlicedDocumentEnd(output, layout, _resources).WriteAsync(PdfPlan.Read(plan), slices, cancellationToken);

    public IRowWriter CreateWriter(Stream output, FileLayout layout) => new DirectRowWriter(output, layout, _resources);
}
