namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>
/// The operators that set the few colours of a page. All text has a contrast of at least 4.5 to 1 against what lies behind it.
/// </summary>
internal static class PageColors
{
    public const string Ink = "0.122 0.137 0.169 rg";
    public const string Heading = "0.106 0.165 0.255 rg";
    public const string Muted = "0.333 0.373 0.431 rg";
    public const string HeaderFill = "0.894 0.918 0.949 rg";
    public const string Zebra = "0.961 0.969 0.98 rg";
    public const string Rule = "0.541 0.592 0.659 rg";
}
