using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Direct.Document;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Pages;
using ExportFunctions.Formats.Pdf.Direct.Tags;
using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Layout;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Direct;

/// <summary>One document once its columns are fitted: rows go in, pages come out.</summary>
internal sealed class DirectDocument : IDisposable
{
    private readonly FileLayout _layout;
    private readonly PdfFile _file;
    private readonly DocumentFonts _fonts;
    private readonly PageStyles _styles;
    private readonly PageFrame _frame;
    private readonly TableMeasures _measures;
    private readonly StructureTree? _tags;
    private readonly Band _band;
    private readonly IRowSetting _rows;
    private readonly RowFlaws _flaws = new();
    private readonly int _fontList;
    private readonly int _formResources;

    /// <summary>Fits the columns to the first rows.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="shared">The font files.</param>
    /// <param name="file">The file.</param>
    /// <param name="batch">The first rows; null when there are none.</param>
    public DirectDocument(FileLayout layout, SharedFonts shared, PdfFile file, RowBatch? batch)
    {
        (_layout, _file) = (layout, file);
        _fonts = new DocumentFonts(shared);
        (_fontList, _formResources) = (file.Reserve(), file.Reserve());

        using var ruler = new DirectRuler(_fonts);
        var needs = new ColumnMeasuring(layout, ruler).Measure(new CellText(layout), batch);
        var plan = TablePlan.Fit(Paper.Choices(layout.Options.PageSize, layout.Options.Orientation), needs);
        var headings = ColumnHeadings.Of(layout, plan, ruler);
        var titles = TitleLines.Of(layout, plan.Paper, ruler, PageStyles.TitlePoints, PageStyles.NotePoints);
        _measures = new TableMeasures(plan, titles.HeightOf(PageStyles.TitlePoints, PageStyles.NotePoints), headings.Any(heading => heading.Second.Length > 0));
        _styles = new PageStyles(_fonts, _measures.FontSize);
        _frame = new PageFrame(layout, plan, _measures, _styles, titles, headings, _measures.PagesFor(layout.RowsExpected, plan.Groups.Count));
        _tags = layout.Options.Tagged ? new StructureTree(file) : null;
        var groups = plan.Groups.Select((columns, i) => new PageGroup(columns, layout, _measures, repeatsFirst: i > 0 && columns[0].Index == 0)).ToArray();
        _band = new Band(file, _frame, _measures, groups, _tags);
        _rows = layout.Options.Overflow == CellOverflow.Wrap
            ? new WrappedRows(_band, _measures, new CellBytes(layout, WrappedRows.MostBytes), new TextLayout(_fonts, new TextStyle(TextWeight.Regular, _measures.FontSize)), _flaws, _tags)
            : new SingleLineRows(_band, _measures, new CellBytes(layout), new CellSetter(_fonts, _measures.FontSize, layout.Columns.Count), _flaws, _tags);
        Forms = _frame.WriteForms(file, _formResources);
    }

    /// <summary>The warnings so far.</summary>
    public IReadOnlyCollection<FormatWarning> Warnings => _flaws.Warnings;

    private string Forms { get; }

    /// <summary>Sets one row.</summary>
    public void Add(RowBatch batch, int row) => _rows.Add(batch, row);

    /// <summary>Writes what is left: the last pages, the page tree, fonts, and what the document says about itself.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_band.IsPending)
            _band.Close();

        var (total, resources) = (_file.Reserve(), _file.Reserve());
        _frame.WriteTotal(_file, total, _formResources, _band.Pages);
        _file.Begin(resources).Add("<</Font "u8).Reference(_fontList).Add("/XObject<<"u8).Add(Forms).Add("/N "u8).Reference(total).Add(">>>>"u8);
        _file.End();
        _file.Begin(_formResources).Add("<</Font "u8).Reference(_fontList).Add(">>"u8);
        _file.End();
        var pages = _band.Complete(Inherited(resources));
        FontEmbedding.Write(_file, _fonts, _fontList);
        _tags?.Complete();
        await new DocumentEnd(_file, _layout).WriteAsync(pages, _tags?.Root, cancellationToken);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _band.Dispose();
        _tags?.Dispose();
        _styles.Dispose();
        _fonts.Dispose();
    }

    private string Inherited(int resources)
    {
        using var box = new PdfBuffer();
        box.Add("/MediaBox[0 0 "u8).Points(_measures.PaperWidth).Add(" "u8).Points(_measures.PaperHeight);
        return string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(box.Written)}]/Resources {resources} 0 R");
    }
}
