namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>The fonts inside this assembly: Noto Sans, under the SIL Open Font License (<c>OFL.txt</c> beside them).</summary>
internal static class ShippedFonts
{
    public const string Family = "Noto Sans";

    public const string Regular = "NotoSans-Regular.ttf";

    public const string Bold = "NotoSans-Bold.ttf";

    public const string Hebrew = "NotoSansHebrew-Regular.ttf";

    public const string Arabic = "NotoSansArabic-Regular.ttf";

    /// <summary>Opens a shipped font.</summary>
    /// <param name="name">One of the names above.</param>
    public static Stream Open(string name) =>
        typeof(ShippedFonts).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly lacks the font {name}.");
}
