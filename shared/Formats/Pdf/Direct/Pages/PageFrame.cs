using System.Globalization;
using System.Text;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Tags;
using ExportFunctions.Formats.Pdf.Layout;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>
/// Everything around the rows: the table's header, stripes, rules and the footer. Repeated parts are drawn once, as form XObjects that
/// pages refer to; the page total is one of them, written when it is known.
/// </summary>
internal sealed class PageFrame
{
    private const int HeaderRule = 80;
    private const int EndRule = 50;

    private readonly FileLayout _layout;
    private readonly TablePlan _plan;
    private readonly TableMeasures _measures;
    private readonly PageStyles _styles;
    private readonly IReadOnlyList<string> _footer;
    private readonly bool _isRightToLeft;
    private readonly (string First, string Second)[] _headings;
    private readonly PageWords _words;
    private readonly int _totalLeft;

    public PageFrame(
        FileLayout layout,
        TablePlan plan,
        TableMeasures measures,
        PageStyles styles,
        IReadOnlyList<string> footer,
        (string First, string Second)[] headings,
        long pagesExpected)
    {
        (_layout, _plan, _measures, _styles, _footer, _headings) = (layout, plan, measures, styles, footer, headings);
        _isRightToLeft = layout.Options.RightToLeft;
        _words = PageWords.Of(layout.Options);
        _totalLeft = measures.PaperWidth - measures.Margin - styles.Note.Measure(Total(pagesExpected));
    }

    /// <summary>Writes the forms of headers and feet.</summary>
    /// <param name="file">The file, with no object open.</param>
    /// <param name="resources">The object of the forms' resources.</param>
    /// <returns>The entries of the pages' XObject resources.</returns>
    public string WriteForms(PdfFile file, int resources)
    {
        var names = new StringBuilder();
        for (var group = 0; group < _plan.Groups.Count; group++)
        {
            var (header, foot) = (file.Reserve(), file.Reserve());
            WriteHeader(file.BeginStream(header, Form(resources, -_measures.HeaderHeight - HeaderRule, 0)), group, marks: null);
            file.End();
            var text = file.BeginStream(foot, Form(resources, 0, _measures.Bottom)).Add("BT "u8);
            _styles.Note.Select(text);
            WriteFoot(text, group);
            text.Add("ET"u8);
            file.End();
            names.Append(CultureInfo.InvariantCulture, $"/H{group} {header} 0 R/T{group} {foot} 0 R");
        }

        return names.ToString();
    }

    /// <summary>Writes the form of the page total.</summary>
    public void WriteTotal(PdfFile file, int id, int resources, long pages)
    {
        var text = file.BeginStream(id, Form(resources, -500, 1500)).Add("BT "u8);
        _styles.Note.Select(text);
        _styles.Note.Set(text, Total(pages), 0, _measures.PaperWidth, 0);
        text.Add("ET"u8);
        file.End();
    }

    /// <summary>Draws the header with its top left corner at the origin.</summary>
    /// <param name="content">The page's or form's content.</param>
    /// <param name="group">The columns.</param>
    /// <param name="marks">Marks a heading as the content of its element; null on pages that repeat the header.</param>
    public void WriteHeader(PdfBuffer content, int group, Action<PdfBuffer, int>? marks)
    {
        var columns = _plan.Groups[group];
        var height = _measures.HeaderHeight;
        if (marks is not null)
            content.Add("/Artifact BMC "u8);

        content.Add(PageColors.HeaderFill).Add(" "u8);
        Rectangle(content, group, -height, height).Add("f "u8).Add(PageColors.Rule).Add(" "u8);
        Rectangle(content, group, -height, HeaderRule).Add("f\n"u8);
        if (marks is not null)
            content.Add("EMC "u8);

        content.Add("BT "u8);
        _styles.Header.Select(content);
        foreach (var column in columns)
        {
            marks?.Invoke(content, column.Index);
            WriteHeading(content, column, _measures.HeadingBaseline - height);
            if (marks is not null)
                content.Add("EMC "u8);
        }

        content.Add("ET\n"u8);
    }

    /// <summary>Draws the stripes behind rows, and the rule under the last one.</summary>
    public void WriteStripes(PdfBuffer content, int group, List<(int Bottom, int Height)> stripes, int end)
    {
        if (stripes.Count > 0)
        {
            content.Add(PageColors.Zebra).Add("\n"u8);
            foreach (var (bottom, height) in stripes)
                Rectangle(content, group, bottom, height);

            content.Add("f\n"u8);
        }

        content.Add(PageColors.Rule).Add(" "u8);
        Rectangle(content, group, end - EndRule, EndRule).Add("f\n"u8);
    }

    /// <summary>Draws every text that a file's end writes on a page, so that the page's fonts have its glyphs.</summary>
    /// <param name="scratch">Takes what nobody shows.</param>
    public void UseTextsOfEnd(PdfBuffer scratch) => _styles.Note.Set(scratch, _words.Page + "0123456789", 0, _measures.PaperWidth, 0);

    /// <summary>Draws the note that there are no rows.</summary>
    public void WriteEmpty(PdfBuffer content, int top, StructureTree? tags, MarkedPage? page)
    {
        content.Add("BT "u8);
        tags?.OpenParagraph(content, page!, "P"u8);
        _styles.Note.Select(content);
        var indent = _measures.FontSize / 2;
        _styles.Note.Set(
            content,
            _words.NoRecords,
            _measures.Margin + indent,
            _measures.FrameWidth - (2 * indent),
            top - (2 * _styles.Note.Size),
            _isRightToLeft);
        content.Add(tags is null ? "ET\n"u8 : "EMC ET\n"u8);
    }

    /// <summary>Draws the footer's title, which repeats.</summary>
    public static void WriteFootTitle(PdfBuffer content, int group) => content.Add("/T"u8).Add(group).Add(" Do "u8);

    /// <summary>Draws the rest of the footer: the page number and the total.</summary>
    public void WritePageNumber(PdfBuffer content, long number)
    {
        Span<byte> text = stackalloc byte[64];
        var length = Encoding.UTF8.GetBytes(PageWords.Say(_words.Page, number), text);
        content.Add("BT "u8);
        _styles.Note.Select(content);
        var left = _isRightToLeft ? _measures.Margin : _totalLeft - _styles.Note.MeasurePlain(text[..length]);
        var end = _styles.Note.SetPlain(content, text[..length], left, _measures.FooterBaseline);
        content.Add("ET q 1 0 0 1 "u8).Points(end).Add(" "u8).Points(_measures.FooterBaseline).Add(" cm/N Do Q\n"u8);
    }

    private string Total(long pages) => PageWords.Say(_words.Total, pages);

    /// <summary>The dictionary of a form as wide as the sheet.</summary>
    public string Form(int resources, int bottom, int top)
    {
        using var text = new PdfBuffer();
        text.Add("/Type/XObject/Subtype/Form/BBox[0 "u8).Points(bottom).Add(" "u8).Points(
            _measures.PaperWidth).Add(" "u8).Points(top).Add("]/Resources "u8).Reference(resources);
        return Encoding.ASCII.GetString(text.Written);
    }

    private PdfBuffer Rectangle(PdfBuffer content, int group, int bottom, int height)
    {
        var columns = _plan.Groups[group];
        var (first, last) = _isRightToLeft ? (columns[^1], columns[0]) : (columns[0], columns[^1]);
        var left = TableMeasures.Points(first.Left);
        var right = TableMeasures.Points(last.Left + last.Width);
        return content.Points(left).Add(" "u8).Points(bottom).Add(" "u8).Points(right - left).Add(" "u8).Points(height).Add(" re "u8);
    }

    private void WriteHeading(PdfBuffer content, PlacedColumn column, int baseline)
    {
        var (first, second) = _headings[column.Index];
        var isRight = _isRightToLeft || CellText.IsRightAligned(_layout.Columns[column.Index].Type);
        var (left, width) = (TableMeasures.Points(column.TextLeft), TableMeasures.Points(column.TextWidth));
        if (second.Length > 0)
            _styles.Header.Set(content, first, left, width, baseline + _measures.LineHeight, isRight);

        _styles.Header.Set(content, second.Length > 0 ? second : first, left, width, baseline, isRight);
    }

    // The title and, below, the text of the request; the page's number stands across from the title.
    private void WriteFoot(PdfBuffer content, int group)
    {
        var numbers = _measures.PaperWidth - _measures.Margin - _totalLeft + (8 * _styles.Note.Size);
        var left = _measures.Margin + (_isRightToLeft ? numbers : 0);
        _styles.Note.Set(content, FootTitle(group), left, _measures.FrameWidth - numbers, _measures.FooterBaseline, _isRightToLeft);
        var baseline = _measures.FooterBaseline;
        foreach (var line in _footer)
        {
            baseline -= (int)(_styles.Note.Size * TitleLines.Leading);
            _styles.Note.Set(content, line, _measures.Margin, _measures.FrameWidth, baseline, _isRightToLeft);
        }
    }

    private string FootTitle(int group)
    {
        if (_plan.Groups.Count == 1)
            return _layout.Title;

        var columns = _plan.Groups[group];
        var first = group > 0 && columns[0].Index == 0 ? columns[1].Index : columns[0].Index;
        return $"{_layout.Title} · {PageWords.Say(_words.Columns, first + 1, columns[^1].Index + 1, _layout.Columns.Count)}";
    }
}
