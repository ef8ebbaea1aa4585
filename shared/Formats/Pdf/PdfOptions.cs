using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Formats.Pdf;

/// <summary>The settings under <c>Exports:Pdf</c>; validated at startup.</summary>
public sealed record PdfOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Exports:Pdf";

    /// <summary>
    /// What draws the pages: <c>direct</c>, the writer of this project and the default; or <c>questpdf</c> in a build made with
    /// <c>-p:QuestPdf=true</c>. Only <c>direct</c> gives PDF/A, wrapped and tagged tables.
    /// </summary>
    public string Engine { get; init; } = "direct";

    /// <summary>
    /// Font files (.ttf, .otf or the first font of a .ttc; TrueType or PostScript outlines) for characters that Noto Sans lacks, tried in
    /// this order and before the other shipped fonts. Latin, Greek and Cyrillic are always set in Noto Sans. None by default.
    /// </summary>
    public IReadOnlyList<string> FallbackFonts { get; init; } = [];

    /// <summary>
    /// Folders of font files (.ttf, .otf, .ttc, .otc) for characters that neither the shipped fonts nor <see cref="FallbackFonts"/> have,
    /// looked through with the folders below them when such a character first comes up, and before the system's. None by default.
    /// </summary>
    public IReadOnlyList<string> FontFolders { get; init; } = [];

    /// <summary>Whether the folders in which the system keeps its fonts are looked through as well. True by default.</summary>
    public bool SystemFonts { get; init; } = true;

    /// <summary>
    /// A PNG file that stands at the head of every document, unless its dataset has one of its own or the request wants none. At most 4
    /// MB and 4,000,000 pixels; shown at most 44 points high and 180 wide. None by default.
    /// </summary>
    public string? Logo { get; init; }

    /// <summary>
    /// The QuestPDF licence the operator is entitled to: <c>Community</c>, <c>Professional</c> or <c>Enterprise</c>
    /// (https://www.questpdf.com/license). Required with the <c>questpdf</c> engine, which has no default for it.
    /// </summary>
    public string? QuestPdfLicense { get; init; }

    /// <summary>
    /// The most rows the <c>questpdf</c> engine takes, since it holds the whole document in memory (about 10 KB a row): 1 to 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QuestPdfMaxRows { get; init; } = 20_000;
}
