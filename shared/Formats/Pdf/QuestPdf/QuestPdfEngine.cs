using ExportFunctions.Datasets;
using ExportFunctions.Formats.Pdf.Fonts;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;
using QuestPDF;
using QuestPDF.Drawing;
using QuestPDF.Infrastructure;

namespace ExportFunctions.Formats.Pdf.QuestPdf;

/// <summary>
/// Lays pages out with QuestPDF, which holds the whole document in memory, so the rows are limited by
/// <see cref="PdfOptions.QuestPdfMaxRows"/>. It does not report characters missing from all fonts, so there is no warning about them.
/// </summary>
internal sealed class QuestPdfEngine : IPdfEngine
{
    // The narrowest a column may be: three characters and an ellipsis on landscape A4.
    private const int MaxColumns = 24;

    private readonly PdfOptions _options;
    private readonly Lazy<string[]> _families;

    public QuestPdfEngine(IOptions<PdfOptions> options)
    {
        _options = options.Value;
        _families = new Lazy<string[]>(Configure);
    }

    public string Name => PdfEngines.QuestPdf;

    public void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors)
    {
        PdfEngines.RefuseDirectOptions(options, errors);
        if (columns.Count > MaxColumns)
            errors.Add("columns", $"A PDF of the questpdf engine holds at most {MaxColumns} columns; choose fewer.");
    }

    public IRowWriter CreateWriter(Stream output, FileLayout layout)
    {
        if (layout.RowsExpected > _options.QuestPdfMaxRows)
            throw TooLarge(_options.QuestPdfMaxRows);

        if (layout.Columns.Count > MaxColumns)
            throw ExportFailureException.Permanent(
                "pdf_too_wide",
                $"A PDF of the questpdf engine holds at most {MaxColumns} columns. Choose fewer columns or another format, or ask the"
                    + $" operator to set {PdfOptions.Section}:Engine to direct.");

        return new QuestPdfRowWriter(output, layout, _families.Value, _options.QuestPdfMaxRows);
    }

    internal static ExportFailureException TooLarge(int max) =>
        ExportFailureException.Permanent(
            "pdf_too_large",
            $"A PDF of the questpdf engine holds at most {max} records. Filter further or take another format, or ask the operator to"
                + $" raise {PdfOptions.Section}:QuestPdfMaxRows or to set {PdfOptions.Section}:Engine to direct.");

    // QuestPDF's license, settings and fonts are process-wide: set once, before the first document.
    private string[] Configure()
    {
        Settings.License = Enum.Parse<LicenseType>(_options.QuestPdfLicense!, ignoreCase: true);
        Settings.UseEnvironmentFonts = false;
        Settings.CheckIfAllTextGlyphsAreAvailable = false;

        var families = new List<string> { ShippedFonts.Family };
        Register(ShippedFonts.Open(ShippedFonts.Regular), name: null);
        Register(ShippedFonts.Open(ShippedFonts.Bold), name: null);
        for (var i = 0; i < _options.FallbackFonts.Count; i++)
        {
            families.Add($"Fallback {i}");
            Register(File.OpenRead(_options.FallbackFonts[i]), families[^1]);
        }

        foreach (var shipped in ShippedFonts.Fallbacks)
        {
            families.Add(Path.GetFileNameWithoutExtension(shipped));
            Register(ShippedFonts.Open(shipped), families[^1]);
        }

        return [.. families];
    }

    private static void Register(Stream font, string? name)
    {
        using (font)
        {
            if (name is null)
                FontManager.RegisterFont(font);
            else
                FontManager.RegisterFontWithCustomName(name, font);
        }
    }
}
