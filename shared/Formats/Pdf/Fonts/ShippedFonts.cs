namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>
/// The fonts inside this assembly, with their licences beside them; <c>README.md</c> there says what each is for and where it comes from.
/// </summary>
internal static class ShippedFonts
{
    public const string Family = "Noto Sans";

    public const string Regular = "NotoSans-Regular.ttf";

    public const string Bold = "NotoSans-Bold.ttf";

    public const string Hebrew = "NotoSansHebrew-Regular.ttf";

    public const string Arabic = "NotoSansArabic-Regular.ttf";

    /// <summary>Signs of all kinds, and some smaller alphabets.</summary>
    public const string Signs = "DejaVuSans.ttf";

    public const string Thai = "NotoSansThai-Regular.ttf";

    public const string Devanagari = "NotoSansDevanagari-Regular.ttf";

    /// <summary>Chinese, Japanese and Korean, as far as their national standards of common characters go.</summary>
    public const string EastAsian = "NotoSansCJKsc-Regular.otf";

    /// <summary>Pictographs.</summary>
    public const string Emoji = "NotoEmoji-Regular.ttf";

    /// <summary>Those that stand in for <see cref="Regular"/>, in the order they are tried.</summary>
    public static readonly IReadOnlyList<string> Fallbacks = [Hebrew, Arabic, Signs, Thai, Devanagari, EastAsian, Emoji];

    /// <summary>Opens a shipped font.</summary>
    /// <param name="name">One of the names above.</param>
    public static Stream Open(string name) =>
        typeof(ShippedFonts).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The assembly lacks the font {name}.");
}
