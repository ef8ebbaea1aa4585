using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Writes rows into the current sheet of a package, and on to the next one when it is full.</summary>
internal sealed class SheetSeries
{
    private readonly FileLayout _layout;
    private readonly int _maxSheetRows;
    private readonly XlsxPackage _package;
    private readonly SheetBuffer _buffer = new();
    private readonly SheetCells _cells;
    private readonly string[] _titles;
    private readonly int _firstId;
    private readonly List<WrittenSheet> _sheets = [];
    private SheetPlan? _plan;
    private int _rows;

    /// <summary>Makes a series; nothing is written yet.</summary>
    /// <param name="package">Where sheets go.</param>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="maxSheetRows">The most rows of a sheet, header included.</param>
    /// <param name="plan">What is known of the first rows; null when they are the first here.</param>
    /// <param name="firstId">What the first sheet's part is called by; 1 makes it the one shown when the file opens.</param>
    public SheetSeries(XlsxPackage package, FileLayout layout, int maxSheetRows, SheetPlan? plan, int firstId)
    {
        (_package, _layout, _maxSheetRows, _plan, _firstId) = (package, layout, maxSheetRows, plan, firstId);
        var styles = new XlsxStyles(layout.Columns);
        _titles = SheetTitles.Of(layout);
        SheetColumn[] columns = [.. layout.Columns.Select((column, i) => new SheetColumn(column, i, styles.OfColumn(i), XlsxStyles.OfHeader(column, layout.Options.Table)))];
        _cells = new SheetCells(_buffer, columns, new ZoneClock(layout.TimeZone), layout.Options.CellReferences);
    }

    /// <summary>The sheets that are whole.</summary>
    public IReadOnlyList<WrittenSheet> Sheets => _sheets;

    /// <summary>What could not be written as it is.</summary>
    public IReadOnlyCollection<ExportWarning> Warnings
    {
        get
        {
            var warnings = new List<ExportWarning>();
            if (_cells.Truncated > 0)
                warnings.Add(new("cell_truncated", _cells.Truncated, "Text longer than the 32,767 characters of an Excel cell was cut."));

            if (_cells.Replaced > 0)
                warnings.Add(new("characters_replaced", _cells.Replaced, "Characters that a workbook cannot hold were replaced."));

            return warnings;
        }
    }

    /// <summary>Writes rows.</summary>
    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_sheets.Count == 0 && _rows == 0)
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

    /// <summary>Ends the last sheet; without rows it has a header alone.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows == 0)
            await StartAsync(first: null, cancellationToken);

        await EndSheetAsync(cancellationToken);
    }

    private async ValueTask StartAsync(RowBatch? first, CancellationToken cancellationToken)
    {
        _plan ??= SheetPlan.Measure(_layout, _titles, first);
        await BeginSheetAsync(cancellationToken);
    }

    private async ValueTask BeginSheetAsync(CancellationToken cancellationToken)
    {
        var id = _firstId + _sheets.Count;
        var before = _sheets.Count * (long)(_maxSheetRows - 1);
        long? expected = _layout.RowsExpected == FileLayout.UnknownRows ? null : Math.Clamp(_layout.RowsExpected - before + 1, 1, _maxSheetRows);
        _buffer.Begin(await _package.BeginSheetAsync(XlsxParts.SheetPath(id), MaybeHuge(expected ?? _maxSheetRows), cancellationToken));
        _buffer.Append(SheetFrame.Begin(_layout, _plan!.Widths, expected, isFirst: id == 1));
        _cells.WriteHeader(_titles);
        _rows = 1;
    }

    private async ValueTask EndSheetAsync(CancellationToken cancellationToken)
    {
        _buffer.Append(SheetFrame.End(_layout, _rows));
        _buffer.End();
        await _package.EndSheetAsync(cancellationToken);
        _sheets.Add(new WrittenSheet(_firstId + _sheets.Count, _rows));
    }

    // Four times what the first rows take on average passes 4 GB. A sheet that is past it all the same is whole, but only readers of the
    // central directory can tell.
    private bool MaybeHuge(long rows) => rows * _plan!.RowBytes > uint.MaxValue / 4;
}
