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
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct;

/// <summary>One document, or a slice of one, with its columns fitted: takes rows and produces pages.</summary>
internal sealed class DirectDocument : IDisposable
{
    /// <summary>The name, in a slice's resources, of the form for what stands above the table.</summary>
    public const string HeadName = "L";

    private readonly PdfFile _file;
    private readonly PageDesign _design;
    private readonly StructureTree? _tags;
    private readonly Band _band;
    private readonly IRowSetting _rows;
    private readonly RowFlaws _flaws = new();
    private readonly string _forms;
    private readonly int _fontList;
    private readonly int _formResources;

    /// <summary>Starts the document.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="resources">The fonts and logos.</param>
    /// <param name="file">The file.</param>
    /// <param name="needs">The room the columns ask for.</param>
    /// <param name="titles">The room for titles that slices have agreed on; null for a whole document.</param>
    /// <param name="slice">What is left to the file's end; null for a whole document.</param>
    public DirectDocument(
        FileLayout layout,
        PdfResources resources,
        PdfFile file,
        IReadOnlyList<ColumnNeed> needs,
        TitleRoom? titles = null,
        SlicePages? slice = null)
    {
        _file = file;
        _design = new PageDesign(layout, resources, needs, titles);
        (_fontList, _formResources) = (file.Reserve(), file.Reserve());
        var (plan, measures) = (_design.Plan, _design.Measures);
        _tags = layout.Options.Tagged ? new StructureTree(file) : null;
        var groups = plan.Groups.Select(
            (columns, i) => new PageGroup(columns, layout, measures, repeatsFirst: i > 0 && columns[0].Index == 0)).ToArray();
        _band = new Band(file, _design.Head, _design.Frame, measures, groups, _tags, slice);
        var isWrapped = layout.Options.Overflow == CellOverflow.Wrap;
        var cells = new CellBytes(layout, isWrapped ? WrappedRows.MaxBytes : CellText.MaxBytes);
        MaxValueBytes = cells.MaxValueBytes;
        _rows = isWrapped
            ? new WrappedRows(
                _band,
                measures,
                cells,
                new TextLayout(_design.Fonts, new TextStyle(TextWeight.Regular, measures.FontSize)),
                new SmallText(_design.Fonts, measures.FontSize),
                _flaws,
                _tags)
            : new SingleLineRows(
                _band, measures, cells, new CellSetter(_design.Fonts, measures.FontSize, layout.Columns.Count), _flaws, _tags);
        _forms = _design.Frame.WriteForms(file, _formResources);
    }

    /// <summary>The warnings so far.</summary>
    public IReadOnlyCollection<ExportWarning> Warnings => _flaws.Warnings;

    /// <summary>The maximum length of a non-text value in bytes.</summary>
    public int MaxValueBytes { get; }

    /// <summary>The pages side by side that hold the same rows.</summary>
    public int PagesAcross => _band.Groups.Length;

    /// <summary>Adds one row.</summary>
    public void Add(RowBatch batch, int row) => _rows.Add(batch, row);

    /// <summary>Writes the rest of a document: the last pages, the page tree and the fonts.</summary>
    /// <returns>The root of the page tree, and that of the structure tree, if the file is tagged.</returns>
    public (int Pages, int? Structure) Complete()
    {
        var total = _file.Reserve();
        CloseBand();
        _design.Frame.WriteTotal(_file, total, _formResources, _band.Pages);
        var logo = _design.Logo is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"/{PageHead.LogoName} {LogoEmbedding.Write(_file, _design.Logo)} 0 R");
        var pages = _band.Complete(WriteResources(total, logo));
        _tags?.Complete();
        return (pages, _tags?.Root);
    }

    /// <summary>Writes the rest of a slice.</summary>
    /// <param name="parent">The root of the file's page tree.</param>
    /// <param name="total">The form of the page total, which the file's end writes.</param>
    /// <param name="head">The form of what stands above the table, which the file's end writes.</param>
    /// <returns>The root of the slice's page tree.</returns>
    public int CompleteSlice(int parent, int total, int head)
    {
        CloseBand();
        using (var scratch = new PdfBuffer())
            _design.Frame.UseTextsOfEnd(scratch);

        return _band.Complete(WriteResources(total, string.Create(CultureInfo.InvariantCulture, $"/{HeadName} {head} 0 R")), parent);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _band.Dispose();
        _tags?.Dispose();
        _design.Dispose();
    }

    private void CloseBand()
    {
        if (_band.IsPending)
            _band.Close();
    }

    /// <summary>Writes the fonts and other resources that all pages use.</summary>
    /// <returns>The resources that the pages inherit.</returns>
    private string WriteResources(int total, string others)
    {
        var resources = _file.Reserve();
        _file.Begin(resources).Add(
            "<</Font "u8).Reference(_fontList).Add("/XObject<<"u8).Add(_forms).Add("/N "u8).Reference(total).Add(others).Add(">>>>"u8);
        _file.End();
        _file.Begin(_formResources).Add("<</Font "u8).Reference(_fontList).Add(">>"u8);
        _file.End();
        FontEmbedding.Write(_file, _design.Fonts, _fontList);
        using var box = new PdfBuffer();
        box.Add("/MediaBox[0 0 "u8).Points(_design.Measures.PaperWidth).Add(" "u8).Points(_design.Measures.PaperHeight);
        return string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(box.Written)}]/Resources {resources} 0 R");
    }
}
