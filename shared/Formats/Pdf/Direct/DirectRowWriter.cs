using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Direct.Document;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Pages;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct;

/// <summary>Writes one document forward-only. Memory holds the current pages, the fonts and a few bytes for each page written.</summary>
internal sealed class DirectRowWriter : IRowWriter
{
    /// <summary>The maximum number of cells of a tagged file; each costs some tens of bytes of memory.</summary>
    public const long MaxTaggedCells = 2_000_000;

    private readonly FileLayout _layout;
    private readonly PdfResources _resources;
    private readonly CrossReferences _references = new();
    private readonly PdfFile _file;
    private DirectDocument? _document;
    private long _cells;

    /// <summary>Makes a writer; nothing is written yet.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="resources">The fonts and logos, and the threads that compress.</param>
    /// <exception cref="ExportFailureException">The file would be too large to be tagged.</exception>
    public DirectRowWriter(Stream output, FileLayout layout, PdfResources resources)
    {
        (_layout, _resources) = (layout, resources);
        CheckTagged(layout.RowsExpected * layout.Columns.Count);
        _file = new PdfFile(output, resources.Threads, _references);
    }

    public IReadOnlyCollection<ExportWarning> Warnings => _document?.Warnings ?? [];

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckTagged(_cells += batch.Count * (long)batch.ColumnCount);
        var document = _document ??= Start(batch);
        for (var row = 0; row < batch.Count; row++)
        {
            document.Add(batch, row);
            if (_file.IsBatchFull)
                await _file.SubmitAsync(cancellationToken);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var document = _document ??= Start(first: null);
        var (pages, structure) = document.Complete();
        await new DocumentEnd(_file, _references, _layout).WriteAsync(pages, structure, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _document?.Dispose();
        await _file.DisposeAsync();
    }

    private DirectDocument Start(RowBatch? first) => new(_layout, _resources, _file, PageDesign.Measure(_layout, _resources.Fonts, first));

    private void CheckTagged(long cells)
    {
        if (_layout.Options.Tagged && cells > MaxTaggedCells)
            throw ExportFailureException.Permanent(
                "pdf_too_large",
                $"A tagged PDF holds at most {MaxTaggedCells} cells (rows times columns). Filter further, choose fewer columns, or leave"
                    + " the option \"tagged\" out.");
    }
}
