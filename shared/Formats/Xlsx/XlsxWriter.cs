using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Writes a workbook: its sheets, and the parts that tell what they are.</summary>
internal sealed class XlsxWriter : IRowWriter
{
    private readonly FileLayout _layout;
    private readonly XlsxPackage _package;
    private readonly SheetSeries _sheets;
    private bool _started;
    private bool _completed;

    public XlsxWriter(Stream output, FileLayout layout, int maxSheetRows, int threads)
    {
        _layout = layout;
        _package = new XlsxPackage(output, layout.CreatedAt, threads);
        _sheets = new SheetSeries(_package, layout, maxSheetRows, plan: null, firstId: 1);
    }

    public IReadOnlyCollection<ExportWarning> Warnings => _sheets.Warnings;

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The file is complete; no rows can follow.");

        cancellationToken.ThrowIfCancellationRequested();
        await StartAsync(cancellationToken);
        await _sheets.WriteAsync(batch, cancellationToken);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The file is complete already.");

        cancellationToken.ThrowIfCancellationRequested();
        _completed = true;
        await StartAsync(cancellationToken);
        await _sheets.CompleteAsync(cancellationToken);
        await _package.WriteEndAsync(_layout, _sheets.Sheets, cancellationToken);
    }

    public ValueTask DisposeAsync() => _package.DisposeAsync();

    private async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_started)
            return;

        _started = true;
        await _package.WriteFrontAsync(_layout, cancellationToken);
    }
}
