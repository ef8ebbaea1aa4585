using ExportFunctions.Compression;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Writes a workbook: its sheets, and the parts that tell what they are.</summary>
internal sealed class XlsxWriter : IRowWriter
{
    private readonly FileLayout _layout;
    private readonly XlsxPackage _package;
    private readonly int _maxSheetRows;
    private SheetSeries? _sheets;
    private bool _completed;

    public XlsxWriter(Stream output, FileLayout layout, int maxSheetRows, DeflateSettings compression)
    {
        (_layout, _maxSheetRows) = (layout, maxSheetRows);
        _package = new XlsxPackage(output, layout.CreatedAt, compression);
    }

    public IReadOnlyCollection<ExportWarning> Warnings => _sheets?.Warnings ?? [];

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The file is complete; no rows can follow.");

        cancellationToken.ThrowIfCancellationRequested();
        _sheets ??= await StartAsync(batch, cancellationToken);
        await _sheets.WriteAsync(batch, cancellationToken);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The file is complete already.");

        cancellationToken.ThrowIfCancellationRequested();
        _completed = true;
        _sheets ??= await StartAsync(first: null, cancellationToken);
        await _sheets.CompleteAsync(cancellationToken);
        await _package.WriteEndAsync(_layout, _sheets.Sheets, cancellationToken);
    }

    public ValueTask DisposeAsync() => _package.DisposeAsync();

    private async ValueTask<SheetSeries> StartAsync(RowBatch? first, CancellationToken cancellationToken)
    {
        var plan = SheetPlan.Measure(_layout, SheetTitles.Of(_layout), first);
        await _package.WriteFrontAsync(_layout, plan, cancellationToken);
        return new SheetSeries(_package, _layout, _maxSheetRows, plan, firstId: 1);
    }
}
