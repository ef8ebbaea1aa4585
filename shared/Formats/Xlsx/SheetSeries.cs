using ExportFunctions.Compression.Fields;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Writes rows to the current sheet of a package, and continues on a new one when it is full.</summary>
internal sealed class SheetSeries
{
    private readonly FileLayout _layout;
    private readonly int _maxSheetRows;
    private readonly XlsxPackage _package;
    private readonly SheetPlan _plan;
    private readonly SheetBuffer _buffer = new();
    private readonly SheetLinks _links = new();
    private readonly SheetLosses _losses;
    private readonly SheetCells _cells;
    private readonly FieldShape _shape;
    private readonly string[] _titles;
    private readonly bool _wraps;
    private readonly int _firstId;
    private readonly List<WrittenSheet> _sheets = [];
    private int _rows;

    /// <summary>Makes a series; nothing is written yet.</summary>
    /// <param name="package">Where sheets go.</param>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="maxSheetRows">The most rows of a sheet, header included.</param>
    /// <param name="plan">What was decided about the columns.</param>
    /// <param name="firstId">What the first sheet's part is called by; 1 makes it the one shown when the file opens.</param>
    public SheetSeries(XlsxPackage package, FileLayout layout, int maxSheetRows, SheetPlan plan, int firstId)
    {
        (_package, _layout, _maxSheetRows, _plan, _firstId) = (package, layout, maxSheetRows, plan, firstId);
        var styles = new XlsxStyles(layout.Columns, plan);
        _titles = SheetTitles.Of(layout);
        _wraps = plan.Columns.Any(column => column.Wraps);
        _losses = new SheetLosses(layout.Columns);
        SheetColumn[] columns =
            [.. layout.Columns.Select((column, i) => new SheetColumn(column, i, plan.Columns[i], styles, layout.Options))];
        _shape = SheetShape.Of(columns, layout.Options);
        _cells = new SheetCells(_buffer, columns, new ZoneClock(layout.TimeZone), layout.Options.CellReferences, _losses, _links);
    }

    /// <summary>The completed sheets.</summary>
    public IReadOnlyList<WrittenSheet> Sheets => _sheets;

    /// <summary>The warnings about cells that could not be written unchanged.</summary>
    public IReadOnlyCollection<ExportWarning> Warnings => _losses.ToWarnings();

    /// <summary>Writes rows.</summary>
    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_sheets.Count == 0 && _rows == 0)
            await BeginSheetAsync(cancellationToken);

        var mayWrap = _wraps || batch.HasLineBreaks;
        for (var row = 0; row < batch.Count; row++)
        {
            if (_rows == _maxSheetRows)
            {
                await EndSheetAsync(cancellationToken);
                await BeginSheetAsync(cancellationToken);
            }

            _cells.WriteRow(batch, row, ++_rows, mayWrap);
            if (_buffer.IsFull)
                await _package.FlushSheetAsync(cancellationToken);
        }
    }

    /// <summary>Ends the last sheet; without rows it only has a header.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows == 0)
            await BeginSheetAsync(cancellationToken);

        await EndSheetAsync(cancellationToken);
    }

    private async ValueTask BeginSheetAsync(CancellationToken cancellationToken)
    {
        var id = _firstId + _sheets.Count;
        var before = _sheets.Count * (long)(_maxSheetRows - 1);
        long? expected =
            _layout.RowsExpected == FileLayout.UnknownRows ? null : Math.Clamp(_layout.RowsExpected - before + 1, 1, _maxSheetRows);
        _buffer.Begin(
            await _package.BeginSheetAsync(XlsxParts.SheetPath(id), MaybeHuge(expected ?? _maxSheetRows), _shape, cancellationToken));
        _buffer.Append(SheetFrame.Begin(_layout, _plan.Columns, expected, isFirst: id == 1));
        _cells.WriteHeader(_titles);
        _rows = 1;
    }

    private async ValueTask EndSheetAsync(CancellationToken cancellationToken)
    {
        _buffer.Append(SheetFrame.End(_layout, _rows, _links));
        _buffer.End();
        await _package.EndSheetAsync(cancellationToken);
        var id = _firstId + _sheets.Count;
        if (_links.ToRels(id, _layout.Options.Table) is { } rels)
            await _package.WritePartAsync(XlsxParts.SheetRelsPath(id), rels, cancellationToken);

        _links.Clear();
        _sheets.Add(new WrittenSheet(id, _rows));
    }

    // True if four times the average size of the first rows exceeds 4 GB. A sheet that exceeds it anyway is complete, but only readers of
    // the central directory can tell.
    private bool MaybeHuge(long rows) => rows * _plan.RowBytes > uint.MaxValue / 4;
}
