namespace ExportFunctions.Formats.Pdf;

/// <summary>The settings under <c>Exports:Pdf</c>; checked when the app starts.</summary>
public sealed record PdfOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Exports:Pdf";

    /// <summary>
    /// What draws the pages: <c>direct</c>, the writer of this project and the default; or <c>questpdf</c> in a build made with <c>ForAzure=true</c>.
    /// Only <c>direct</c> gives PDF/A, wrapped and tagged tables.
    /// </summary>
    public string Engine { get; init; } = "direct";

    /// <summary>
    /// Font files (.ttf or .otf, TrueType or PostScript outlines, no collections) for scripts that the shipped fonts lack, tried in this order and before the shipped ones for Hebrew
    /// and Arabic. Latin, Greek and Cyrillic are always set in Noto Sans. None by default.
    /// </summary>
    public IReadOnlyList<string> FallbackFonts { get; init; } = [];

    /// <summary>
    /// The QuestPDF licence the operator is entitled to: <c>Community</c>, <c>Professional</c> or <c>Enterprise</c>
    /// (https://www.questpdf.com/license). Required with the <c>questpdf</c> engine, which has no default for it.
    /// </summary>
    public string? QuestPdfLicense { get; init; }

    /// <summary>The most rows the <c>questpdf</c> engine takes, since it holds the whole document in memory (about 10 KB a row): 1 to 1,000,000.</summary>
    public int QuestPdfMaxRows { get; init; } = 20_000;
}
