using ExportFunctions.Formats.Pdf.Direct.Objects;

namespace ExportFunctions.Formats.Pdf.Direct.Tags;

/// <summary>
/// The logical structure of a tagged file (ISO 32000-1, 14.7): title paragraphs and one table, whose elements are written when their row is
/// complete. Memory holds the elements of the current pages and a few bytes for each page and band of rows written, plus 8 bytes per
/// element.
/// </summary>
internal sealed class StructureTree : IDisposable
{
    private readonly PdfFile _file;
    private readonly ObjectStreams _objects;
    private readonly int _document;
    private readonly int _table;
    private readonly List<MarkedCell> _headings = [];
    private readonly List<int> _paragraphs = [];
    private readonly List<int> _bands = [];
    private readonly List<int> _rows = [];
    private readonly List<int> _parents = [];
    private int _band;

    /// <summary>Takes the numbers of the tree's trunk.</summary>
    /// <param name="file">The file.</param>
    public StructureTree(PdfFile file)
    {
        _file = file;
        _objects = new ObjectStreams(file);
        (Root, _document, _table) = (file.Reserve(), file.Reserve(), file.Reserve());
    }

    /// <summary>The tree's root.</summary>
    public int Root { get; }

    /// <summary>Starts a page.</summary>
    /// <param name="page">The page's object.</param>
    public MarkedPage OpenPage(int page)
    {
        _parents.Add(_file.Reserve());
        return new MarkedPage(page, _parents.Count - 1);
    }

    /// <summary>Ends a page: what its pieces belong to is known.</summary>
    public void ClosePage(MarkedPage page)
    {
        var text = _objects.Begin(_parents[page.Index]).Add("["u8);
        foreach (var element in page.Elements)
            text.Reference(element).Add(" "u8);

        text.Add("]"u8);
        _objects.End();
    }

    /// <summary>Adds a paragraph or heading before the table and marks what follows as its content.</summary>
    public void OpenParagraph(PdfBuffer content, MarkedPage page, ReadOnlySpan<byte> type)
    {
        var id = _file.Reserve();
        _paragraphs.Add(id);
        var piece = page.Open(content, type, id);
        Element(id, type, _document).Add("/Pg "u8).Reference(page.Page).Add("/K "u8).Add(piece).Add(">>"u8);
        _objects.End();
    }

    /// <summary>Adds a picture before the table and marks what follows as its content.</summary>
    /// <param name="content">The page's content.</param>
    /// <param name="page">The page's marks.</param>
    /// <param name="words">What is read out in its place.</param>
    /// <param name="box">Its left, bottom, right and top, in hundredths of a point.</param>
    public void OpenFigure(PdfBuffer content, MarkedPage page, string words, (int Left, int Bottom, int Right, int Top) box)
    {
        var id = _file.Reserve();
        _paragraphs.Add(id);
        var piece = page.Open(content, "Figure"u8, id);
        Element(id, "Figure"u8, _document).Add("/Alt "u8).Text(words).Add("/A<</O/Layout/Placement/Block/BBox["u8)
            .Points(box.Left).Add(" "u8).Points(box.Bottom).Add(" "u8).Points(box.Right).Add(" "u8).Points(box.Top)
            .Add("]>>/Pg "u8).Reference(page.Page).Add("/K "u8).Add(piece).Add(">>"u8);
        _objects.End();
    }

    /// <summary>Adds a heading to the table's header row and marks what follows as its content.</summary>
    public void OpenHeading(PdfBuffer content, MarkedPage page)
    {
        var cell = new MarkedCell(_file.Reserve());
        cell.Add(page.Page, page.Open(content, "TH"u8, cell.Element));
        _headings.Add(cell);
    }

    /// <summary>Marks what follows as content of a cell.</summary>
    public static void OpenCell(PdfBuffer content, MarkedPage page, MarkedCell cell) =>
        cell.Add(page.Page, page.Open(content, "TD"u8, cell.Element));

    /// <summary>A new cell of the current row.</summary>
    public MarkedCell NewCell() => new(_file.Reserve());

    /// <summary>Adds a row to the current band.</summary>
    /// <param name="cells">The cells and where they stand.</param>
    public void AddRow(IReadOnlyList<MarkedCell> cells)
    {
        if (_rows.Count == 0)
        {
            _band = _file.Reserve();
            _bands.Add(_band);
        }

        _rows.Add(_file.Reserve());
        AddRow(_rows[^1], _band, cells, isHeader: false);
    }

    /// <summary>Ends the rows that share a page. No other object may be open.</summary>
    public void CloseBand()
    {
        if (_rows.Count > 0)
            Parent(_band, "TBody"u8, _table, _rows);

        _rows.Clear();
        if (_objects.IsFull)
            _objects.Flush();
    }

    /// <summary>Writes the trunk.</summary>
    public void Complete()
    {
        Parent(_document, "Document"u8, Root, [.. _paragraphs, _table]);
        var (head, row) = (_file.Reserve(), _file.Reserve());
        Parent(head, "THead"u8, _table, [row]);
        AddRow(row, head, _headings, isHeader: true);
        Parent(_table, "Table"u8, _document, [head, .. _bands]);
        var numbers = ParentTree.Write(_file, _objects, _parents);
        _objects.Flush();
        _file.Begin(Root).Add("<</Type/StructTreeRoot/K "u8).Reference(_document).Add("/ParentTree "u8).Reference(numbers)
            .Add("/ParentTreeNextKey "u8).Add(_parents.Count).Add(">>"u8);
        _file.End();
    }

    public void Dispose() => _objects.Dispose();

    private void AddRow(int row, int parent, IReadOnlyList<MarkedCell> cells, bool isHeader)
    {
        Element(row, "TR"u8, parent).Add("/K["u8);
        foreach (var cell in cells)
            _objects.Text.Reference(cell.Element).Add(" "u8);

        _objects.Text.Add("]>>"u8);
        _objects.End();
        foreach (var cell in cells)
        {
            var text = Element(cell.Element, isHeader ? "TH"u8 : "TD"u8, row);
            if (isHeader)
                text.Add("/A<</O/Table/Scope/Column>>"u8);

            cell.WriteContent(text);
            text.Add(">>"u8);
            _objects.End();
        }
    }

    private void Parent(int id, ReadOnlySpan<byte> type, int parent, List<int> kids)
    {
        var text = Element(id, type, parent).Add("/K["u8);
        foreach (var kid in kids)
            text.Reference(kid).Add(" "u8);

        text.Add("]>>"u8);
        _objects.End();
    }

    private PdfBuffer Element(int id, ReadOnlySpan<byte> type, int parent) =>
        _objects.Begin(id).Add("<</S/"u8).Add(type).Add("/P "u8).Reference(parent);
}
