using System.Globalization;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Layout;
using ExportFunctions.Formats.Pdf.Text;
using SkiaSharp;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>
/// The pages of one table. Rows are set into the pages that lie side by side (one, unless the columns don't fit the sheet) until those are full; then
/// they are drawn. Nothing of a row stays after that.
/// </summary>
internal sealed class TableDrawing : IDisposable
{
    private const float RowEms = 1.75f;
    private const float LineEms = 1.3f;

    private readonly FileLayout _layout;
    private readonly TablePlan _plan;
    private readonly TextSetter _setter;
    private readonly PageStyles _styles;
    private readonly CellText _cells;
    private readonly TitleBlock _titles;
    private readonly PageText[] _pages;
    private readonly (string First, string Second)[] _headings;
    private readonly bool[] _isRight;
    private readonly SKPaint _paint = new() { IsAntialias = true };
    private readonly PageCount _count;
    private readonly float _rowHeight;
    private readonly float _headerHeight;
    private readonly long _pagesExpected;
    private long _band;
    private long _drawn;
    private int _rows;

    public TableDrawing(FileLayout layout, TablePlan plan, TextSetter setter, PageStyles styles, CellText cells)
    {
        (_layout, _plan, _setter, _styles, _cells) = (layout, plan, setter, styles, cells);
        _titles = new TitleBlock(layout, plan.Paper, setter, styles);
        _pages = [.. plan.Groups.Select(_ => new PageText())];
        _isRight = [.. layout.Columns.Select(column => CellText.IsRightAligned(column.Type))];
        _headings = ColumnHeadings.Of(layout, plan, new SkiaRuler(setter, styles));
        _rowHeight = RowEms * plan.FontSize;
        _headerHeight = ((_headings.Any(heading => heading.Second.Length > 0) ? 2 : 1) * LineEms * plan.FontSize) + (0.7f * plan.FontSize);
        var room = plan.Paper.Bottom - Paper.Margin - _headerHeight;
        _count = new PageCount((int)((room - _titles.Height) / _rowHeight), (int)(room / _rowHeight), plan.Groups.Count);
        _pagesExpected = _count.For(layout.RowsExpected);
    }

    /// <summary>The cells that end in an ellipsis.</summary>
    public long CellsCut { get; private set; }

    /// <summary>The cells with characters that no font has.</summary>
    public long CellsWithMissingGlyphs { get; private set; }

    /// <summary>True when no further row fits the pages in hand.</summary>
    public bool IsFull => _rows == _count.RowsOn(_band);

    /// <summary>True when the pages in hand must be drawn before the end: they hold rows, or are the first.</summary>
    public bool IsPending => _rows > 0 || _band == 0;

    /// <summary>Sets one row into the pages in hand.</summary>
    public void AddRow(RowBatch batch, int row)
    {
        for (var group = 0; group < _pages.Length; group++)
        {
            var baseline = TableTop(group) + _headerHeight + (_rows * _rowHeight) + Middle(_rowHeight);
            foreach (var column in _plan.Groups[group])
            {
                var text = _cells.Show(batch, row, column.Index);
                if (text.IsEmpty)
                    continue;

                var flaws = _setter.Set(_pages[group], text, _styles.Cell, new TextBox(column.TextLeft, column.TextWidth, baseline), _isRight[column.Index]);

                // The first column is repeated in every group and counted once.
                if (flaws != TextFlaws.None && (group == 0 || column.Index > 0))
                    Count(flaws);
            }
        }

        _rows++;
    }

    /// <summary>Draws the pages in hand, one after the other, and starts the next ones.</summary>
    /// <param name="document">The document, between pages.</param>
    /// <returns>Yields after every page, so that its bytes can be handed on.</returns>
    public IEnumerable<long> DrawPages(SKDocument document)
    {
        for (var group = 0; group < _pages.Length; group++)
        {
            var canvas = document.BeginPage(_plan.Paper.Width, _plan.Paper.Height);
            DrawTable(canvas, group);
            SetSurroundings(group);
            _pages[group].DrawTo(canvas, _paint);
            document.EndPage();
            yield return ++_drawn;
        }

        _band++;
        _rows = 0;
    }

    public void Dispose()
    {
        foreach (var page in _pages)
            page.Dispose();

        _paint.Dispose();
    }

    // The titles stand on the first page only; the pages to its right start at their top.
    private float TableTop(int group) => _band == 0 && group == 0 ? Paper.Margin + _titles.Height : Paper.Margin;

    // Half of Noto Sans's capitals lie above the middle: 0.714 em high.
    private float Middle(float height) => (height / 2) + (0.357f * _plan.FontSize);

    private void Count(TextFlaws flaws)
    {
        if (flaws.HasFlag(TextFlaws.Cut))
            CellsCut++;

        if (flaws.HasFlag(TextFlaws.GlyphMissing))
            CellsWithMissingGlyphs++;
    }

    private void DrawTable(SKCanvas canvas, int group)
    {
        var top = TableTop(group);
        var left = _plan.Groups[group][0].Left;
        var last = _plan.Groups[group][^1];
        var right = last.Left + last.Width;
        var firstRow = top + _headerHeight;
        _paint.Color = PageColors.HeaderFill;
        canvas.DrawRect(SKRect.Create(left, top, right - left, _headerHeight), _paint);
        _paint.Color = PageColors.Zebra;
        for (var row = 1; row < _rows; row += 2)
            canvas.DrawRect(SKRect.Create(left, firstRow + (row * _rowHeight), right - left, _rowHeight), _paint);

        _paint.Color = PageColors.Rule;
        canvas.DrawRect(SKRect.Create(left, firstRow - 0.8f, right - left, 0.8f), _paint);
        canvas.DrawRect(SKRect.Create(left, firstRow + (_rows * _rowHeight), right - left, 0.5f), _paint);
    }

    private void SetSurroundings(int group)
    {
        var page = _pages[group];
        var top = TableTop(group);
        if (_band == 0 && group == 0)
            _titles.Set(page, _setter, _plan.Paper);

        foreach (var column in _plan.Groups[group])
            SetHeading(page, column, top);

        if (_rows == 0)
            _setter.Set(page, "No records.", _styles.Note, new TextBox(_plan.Groups[group][0].TextLeft, _plan.Paper.FrameWidth, top + _headerHeight + (2 * _styles.Note.Size)));

        SetFooter(page, group);
    }

    private void SetHeading(PageText page, PlacedColumn column, float top)
    {
        var (first, second) = _headings[column.Index];
        var line = LineEms * _plan.FontSize;
        var bottom = top + _headerHeight - Middle(0.7f * _plan.FontSize + line) + (0.714f * _plan.FontSize);
        var box = new TextBox(column.TextLeft, column.TextWidth, bottom);
        if (second.Length == 0)
        {
            _setter.Set(page, first, _styles.Header, box, _isRight[column.Index]);
            return;
        }

        _setter.Set(page, first, _styles.Header, box with { Baseline = bottom - line }, _isRight[column.Index]);
        _setter.Set(page, second, _styles.Header, box, _isRight[column.Index]);
    }

    private void SetFooter(PageText page, int group)
    {
        var number = _drawn + 1;
        var text = string.Create(CultureInfo.InvariantCulture, $"Page {number} of {Math.Max(number, _pagesExpected)}");
        var width = _setter.Measure(text, _styles.Note) * _styles.Note.Size;
        var box = new TextBox(Paper.Margin, _plan.Paper.FrameWidth, _plan.Paper.FooterBaseline);
        _setter.Set(page, text, _styles.Note, box, isRight: true);
        _setter.Set(page, FooterTitle(group), _styles.Note, box with { Width = _plan.Paper.FrameWidth - width - (2 * _styles.Note.Size) });
    }

    private string FooterTitle(int group)
    {
        if (_plan.Groups.Count == 1)
            return _layout.Title;

        var columns = _plan.Groups[group];
        var first = group > 0 && columns[0].Index == 0 ? columns[1].Index : columns[0].Index;
        return string.Create(CultureInfo.InvariantCulture, $"{_layout.Title} · columns {first + 1} to {columns[^1].Index + 1} of {_layout.Columns.Count}");
    }
}
