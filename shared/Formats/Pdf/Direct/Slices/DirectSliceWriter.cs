using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Pages;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct.Slices;

/// <summary>
/// Writes the pages of one slice with the fonts they use. What is only known at the end of the file is written there: titles, page numbers,
/// object offsets.
/// </summary>
internal sealed class DirectSliceWriter : ISliceWriter
{
    // A page has three objects; once in 64 pages there is a node above them, and above such nodes another.
    private const int ObjectsOfPage = 4;

    // Beside pages: two forms for each group of columns, five objects for each font, and the tree's open nodes.
    private const int OtherObjects = 512;

    private readonly FileLayout _layout;
    private readonly FileSlice _slice;
    private readonly PdfPlan _plan;
    private readonly PdfResources _resources;
    private readonly PdfSliceIndexWriter _index = new();
    private readonly SliceObjects _objects;
    private readonly PdfFile _file;
    private readonly SlicePages _pages;
    private DirectDocument? _document;
    private bool _completed;

    /// <summary>Makes a writer; nothing is written yet.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="slice">Which slice it is.</param>
    /// <param name="resources">The fonts and logos, and the threads that compress.</param>
    public DirectSliceWriter(Stream output, FileLayout layout, FileSlice slice, PdfResources resources)
    {
        _plan = PdfPlan.Read(slice.Plan);
        (_layout, _slice, _resources) = (layout with { RowsExpected = _plan.Rows }, slice, resources);
        _objects = new SliceObjects(slice.Numbers, _index);
        _file = new PdfFile(output, resources.Threads, _objects) { HasHeader = slice.IsFirst };
        _pages = new SlicePages(slice.IsFirst);
    }

    public IReadOnlyCollection<ExportWarning> Warnings => _document?.Warnings ?? [];

    public ReadOnlyMemory<byte> Index { get; private set; }

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The slice is complete; no rows can follow.");

        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Count == 0)
            return;

        var document = await StartAsync(cancellationToken);
        for (var row = 0; row < batch.Count; row++)
        {
            await _objects.EnsureAsync(ObjectsOf(document, batch, row), cancellationToken);
            document.Add(batch, row);
            if (_file.IsBatchFull)
                await _file.SubmitAsync(cancellationToken);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The slice is complete already.");

        cancellationToken.ThrowIfCancellationRequested();
        _completed = true;
        var root = 0;
        if (_slice.IsFirst || _document is not null)
        {
            // The first slice has a page even without rows: the titles stand there.
            var document = await StartAsync(cancellationToken);
            await _objects.EnsureAsync(OtherObjects + (ObjectsOfPage * document.PagesAcross), cancellationToken);
            root = document.CompleteSlice(FileNumbers.Pages, FileNumbers.Total, FileNumbers.Head);
            await _file.FlushAsync(cancellationToken);
        }

        Index = _index.Complete(root, _pages.Ends);
    }

    public async ValueTask DisposeAsync()
    {
        _document?.Dispose();
        await _file.DisposeAsync();
        _index.Dispose();
    }

    private async ValueTask<DirectDocument> StartAsync(CancellationToken cancellationToken)
    {
        if (_document is not null)
            return _document;

        await _objects.EnsureAsync(OtherObjects + (2 * _layout.Columns.Count), cancellationToken);
        return _document = new DirectDocument(_layout, _resources, _file, _plan.Needs, _plan.Titles, _pages);
    }

    // A row ends the page before it, and a wrapped one spans pages of three lines or more each; each line has at least one character.
    private int ObjectsOf(DirectDocument document, RowBatch batch, int row)
    {
        var lines = 0;
        for (var column = 0; column < batch.ColumnCount && _layout.Options.Overflow == CellOverflow.Wrap; column++)
        {
            var isText = batch.Columns[column] is ColumnType.Text or ColumnType.Identifier || batch.IsUnfit(row, column);
            lines = Math.Max(lines, isText && !batch.IsNull(row, column) ? batch.GetText(row, column).Length : document.MaxValueBytes);
        }

        return (ObjectsOfPage * document.PagesAcross * (3 + (Math.Min(lines, WrappedRows.MaxBytes) / 3))) + OtherObjects;
    }
}
