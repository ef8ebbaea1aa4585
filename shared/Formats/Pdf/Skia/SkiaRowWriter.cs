using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Pdf.Layout;
using ExportFunctions.Formats.Pdf.Text;
using SkiaSharp;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>Writes one document page by page. In memory are the page in hand, the fonts and some bytes for each page written.</summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="layout">What the file looks like.</param>
/// <param name="fallbackFonts">Font files for other scripts.</param>
internal sealed class SkiaRowWriter(Stream output, FileLayout layout, IReadOnlyList<string> fallbackFonts) : IRowWriter
{
    private readonly GatheringStream _gathered = new();
    private FontSet? _fonts;
    private TextSetter? _setter;
    private TableDrawing? _table;
    private SKDocument? _document;
    private bool _isClosed;

    public IReadOnlyCollection<FormatWarning> Warnings
    {
        get
        {
            var warnings = new List<FormatWarning>();
            if (_table is { CellsCut: > 0 })
                warnings.Add(new FormatWarning("cell_truncated", _table.CellsCut, "Values that do not fit their column end in an ellipsis. Choose fewer columns, widen the column in the datasets file, or take another format."));

            if (_table is { CellsWithMissingGlyphs: > 0 })
                warnings.Add(new FormatWarning("glyph_missing", _table.CellsWithMissingGlyphs, "Characters that no font has are shown as boxes. Name a font file for their script in the setting Exports:Pdf:FallbackFonts."));

            return warnings;
        }
    }

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var table = _table ??= Start(batch);
        for (var row = 0; row < batch.Count; row++)
        {
            if (table.IsFull)
                await DrawAsync(table, cancellationToken);

            table.AddRow(batch, row);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var table = _table ??= Start(batch: null);
        if (table.IsPending)
            await DrawAsync(table, cancellationToken);

        _fonts!.Subset();
        _document!.Close();
        _isClosed = true;
        await _gathered.DrainAsync(output, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // Disposing an open document would write its end.
        if (!_isClosed)
            _document?.Abort();

        _document?.Dispose();
        _table?.Dispose();
        _setter?.Dispose();
        if (_fonts is not null)
        {
            _fonts.Dispose();

            // The glyph cache is the process's and would keep this document's fonts.
            SKGraphics.PurgeFontCache();
        }

        await _gathered.DisposeAsync();
    }

    private async ValueTask DrawAsync(TableDrawing table, CancellationToken cancellationToken)
    {
        foreach (var _ in table.DrawPages(_document!))
            await _gathered.DrainAsync(output, cancellationToken);
    }

    private TableDrawing Start(RowBatch? batch)
    {
        _fonts = new FontSet(fallbackFonts);
        _setter = new TextSetter(_fonts);
        var regular = new PlainGlyphs(_fonts.Regular);
        var bold = new PlainGlyphs(_fonts.Bold);
        var cells = new CellText(layout);
        var needs = new ColumnMeasuring(layout, new SkiaRuler(_setter, new PageStyles(_fonts, regular, bold, tableSize: 1))).Measure(cells, batch);
        var plan = TablePlan.Fit(Paper.Choices(layout.Options.PageSize, layout.Options.Orientation), needs);
        _document = SKDocument.CreatePdf(_gathered, Metadata());
        return new TableDrawing(layout, plan, _setter, new PageStyles(_fonts, regular, bold, plan.FontSize), cells);
    }

    private SKDocumentPdfMetadata Metadata() => new(SKDocumentPdfMetadata.DefaultRasterDpi)
    {
        Title = layout.Title,
        Subject = layout.FilterInWords,
        Creator = "ExportFunctions",
        Creation = layout.CreatedAt.UtcDateTime,
        Modified = layout.CreatedAt.UtcDateTime,
    };
}
