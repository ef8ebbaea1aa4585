using ExportFunctions.Compression;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// Writes one slice of a workbook: whole sheets, each an entry of the package, and none if there are no rows. Their records for the
/// package's directory form the slice's index.
/// </summary>
internal sealed class XlsxSliceWriter : ISliceWriter
{
    // No slice comes near this many sheets: slices are sized to fill one.
    private const int MaxSheets = 1000;

    private readonly XlsxPackage _package;
    private readonly FileLayout _layout;
    private readonly SheetPlan _plan;
    private readonly SheetSeries _sheets;
    private bool _started;
    private bool _hasRows;
    private bool _completed;

    /// <summary>Makes a writer; nothing is written yet.</summary>
    public XlsxSliceWriter(Stream output, FileLayout layout, FileSlice slice, int maxSheetRows, DeflateSettings compression)
    {
        (_layout, _plan, _started) = (layout, SheetPlan.Read(slice.Plan), !slice.IsFirst);
        _package = new XlsxPackage(output, layout.CreatedAt, compression);
        _sheets = new SheetSeries(_package, layout, maxSheetRows, _plan, firstId: (slice.Number * MaxSheets) + 1);
    }

    public IReadOnlyCollection<ExportWarning> Warnings => _sheets.Warnings;

    public ReadOnlyMemory<byte> Index { get; private set; }

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The slice is complete; no rows can follow.");

        cancellationToken.ThrowIfCancellationRequested();
        await StartAsync(cancellationToken);
        if (batch.Count == 0)
            return;

        _hasRows = true;
        await _sheets.WriteAsync(batch, cancellationToken);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The slice is complete already.");

        cancellationToken.ThrowIfCancellationRequested();
        _completed = true;
        await StartAsync(cancellationToken);
        if (_hasRows)
            await _sheets.CompleteAsync(cancellationToken);
        if (_sheets.Sheets.Count > MaxSheets)
            throw new InvalidOperationException($"A slice holds at most {MaxSheets} sheets.");

        await _package.FlushAsync(cancellationToken);
        Index = new XlsxSliceIndex(_sheets.Sheets, _package.DirectoryRecords()).ToBytes();
    }

    public ValueTask DisposeAsync() => _package.DisposeAsync();

    private async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_started)
            return;

        _started = true;
        await _package.WriteFrontAsync(_layout, _plan, cancellationToken);
    }
}
