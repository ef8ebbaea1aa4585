using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Writes a workbook: rows into the current sheet, and on to the next one when it is full.</summary>
internal sealed class XlsxWriter : IRowWriter
{
    private readonly FileLayout _layout;
    private readonly int _maxSheetRows;
    private readonly XlsxPackage _package;
    private readonly XlsxStyles _styles;
    private readonly SheetBuffer _buffer = new();
    private readonly SheetCells _cells;
    private readonly string[] _titles;
    private readonly List<long> _sheetRows = [];
    private double[] _widths = [];
    private long _rowBytes;
    private int _rows;
    private bool _completed;

    public XlsxWriter(Stream output, FileLayout layout, int maxSheetRows, int threads)
    {
        _layout = layout;
        _maxSheetRows = maxSheetRows;
        _package = new XlsxPackage(output, layout.CreatedAt, threads);
        _styles = new XlsxStyles(layout.Columns);
        _titles = SheetTitles.Of(layout);
        SheetColumn[] columns = [.. layout.Columns.Select((column, i) => new SheetColumn(column, i, _styles.OfColumn(i), XlsxStyles.OfHeader(column, layout.Options.Table)))];
        _cells = new SheetCells(_buffer, columns, new ZoneClock(layout.TimeZone), layout.Options.CellReferences);
    }

    public IReadOnlyCollection<FormatWarning> Warnings
    {
        get
        {
            var warnings = new List<FormatWarning>();
            if (_cells.Truncated > 0)
                warnings.Add(new("cell_truncated", _cells.Truncated, "Text longer than the 32,767 characters of an Excel cell was cut."));

            if (_cells.Replaced > 0)
                warnings.Add(new("characters_replaced", _cells.Replaced, "Characters that a workbook cannot hold were replaced."));

            return warnings;
        }
    }

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The file is complete; no rows can follow.");

        cancellationToken.ThrowIfCancellationRequested();
        if (_sheetRows.Count == 0 && _rows == 0)
            await StartAsync(batch, cancellationToken);

        for (var row = 0; row < batch.Count; row++)
        {
            if (_rows == _maxSheetRows)
            {
                await EndSheetAsync(cancellationToken);
                await BeginSheetAsync(cancellationToken);
            }

            _cells.WriteRow(batch, row, ++_rows);
            if (_buffer.IsFull)
                await _package.FlushSheetAsync(cancellationToken);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_completed)
            throw new InvalidOperationException("The file is complete already.");

        cancellationToken.ThrowIfCancellationRequested();
        _completed = true;
        if (_rows == 0)
            await StartAsync(first: null, cancellationToken);

        await EndSheetAsync(cancellationToken);
        await _package.WritePartAsync("docProps/app.xml", XlsxParts.ExtendedProperties(), cancellationToken);
        await _package.WritePartAsync("xl/workbook.xml", XlsxParts.Workbook(_layout, _sheetRows), cancellationToken);
        await _package.WritePartAsync("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRels(_sheetRows.Count), cancellationToken);
        await _package.WritePartAsync("[Content_Types].xml", XlsxParts.ContentTypes(_sheetRows.Count, _layout.Options.Table), cancellationToken);
        await _package.CompleteAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _package.DisposeAsync();

    // Programs that tell a file's kind from its first entries look for these names before an "xl/".
    private async ValueTask StartAsync(RowBatch? first, CancellationToken cancellationToken)
    {
        _widths = ColumnWidths.Measure(_layout.Columns, _titles, first);
        _rowBytes = SheetFrame.EstimateRow(_layout, first);
        await _package.WritePartAsync("_rels/.rels", XlsxParts.PackageRels(), cancellationToken);
        await _package.WritePartAsync("docProps/core.xml", XlsxParts.CoreProperties(_layout), cancellationToken);
        await _package.WritePartAsync("xl/styles.xml", _styles.ToStylesheet(), cancellationToken);
        await BeginSheetAsync(cancellationToken);
    }

    private async ValueTask BeginSheetAsync(CancellationToken cancellationToken)
    {
        var before = _sheetRows.Count * (long)(_maxSheetRows - 1);
        var expected = Math.Clamp(_layout.RowsExpected - before + 1, 1, _maxSheetRows);
        _buffer.Begin(await _package.BeginSheetAsync(XlsxParts.SheetPath(_sheetRows.Count + 1), MaybeHuge(expected), cancellationToken));
        _buffer.Append(SheetFrame.Begin(_layout, _widths, expected, isFirst: _sheetRows.Count == 0));
        _cells.WriteHeader(_titles);
        _rows = 1;
    }

    private async ValueTask EndSheetAsync(CancellationToken cancellationToken)
    {
        _buffer.Append(SheetFrame.End(_layout, _rows));
        _buffer.End();
        await _package.EndSheetAsync(cancellationToken);
        _sheetRows.Add(_rows);
        if (!_layout.Options.Table)
            return;

        var number = _sheetRows.Count;
        await _package.WritePartAsync(SheetTable.Path(number), SheetTable.Part(number, _titles, _rows), cancellationToken);
        await _package.WritePartAsync(SheetTable.RelsPath(number), SheetTable.Rels(number), cancellationToken);
    }

    // Four times what the first rows take on average passes 4 GB. A sheet that is past it all the same is whole, but only readers of the
    // central directory can tell.
    private bool MaybeHuge(long rows) => rows * _rowBytes > uint.MaxValue / 4;
}
