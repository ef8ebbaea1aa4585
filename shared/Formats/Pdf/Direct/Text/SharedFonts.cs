using ExportFunctions.Exports;
using ExportFunctions.Formats.Pdf.Fonts;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>The font files of this process, read when first needed and shared by all documents.</summary>
internal sealed class SharedFonts
{
    private readonly Lazy<FontFile> _regular = new(() => LoadShipped(ShippedFonts.Regular));
    private readonly Lazy<FontFile> _bold = new(() => LoadShipped(ShippedFonts.Bold));
    private readonly Lazy<PlainTable> _plainRegular;
    private readonly Lazy<PlainTable> _plainBold;

    /// <summary>Names the fonts without reading them.</summary>
    /// <param name="fallbackFiles">The configured font files, in order.</param>
    public SharedFonts(IReadOnlyList<string> fallbackFiles)
    {
        _plainRegular = new(() => new PlainTable(Regular));
        _plainBold = new(() => new PlainTable(Bold));
        Fallbacks =
        [
            .. fallbackFiles.Select(path => new Lazy<FontFile>(() => LoadFile(path))),
            new(() => LoadShipped(ShippedFonts.Hebrew)),
            new(() => LoadShipped(ShippedFonts.Arabic)),
        ];
    }

    /// <summary>Noto Sans.</summary>
    public FontFile Regular => _regular.Value;

    /// <summary>Noto Sans Bold.</summary>
    public FontFile Bold => _bold.Value;

    /// <summary>Plain characters of the regular font.</summary>
    public PlainTable PlainRegular => _plainRegular.Value;

    /// <summary>Plain characters of the bold font.</summary>
    public PlainTable PlainBold => _plainBold.Value;

    /// <summary>The fonts for other scripts, in the order they are tried.</summary>
    public IReadOnlyList<Lazy<FontFile>> Fallbacks { get; }

    private static FontFile LoadShipped(string name)
    {
        using var source = ShippedFonts.Open(name);
        return FontFile.Load(source);
    }

    private static FontFile LoadFile(string path)
    {
        try
        {
            using var source = File.OpenRead(path);
            return FontFile.Load(source);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // It could be read when the app started.
            throw ExportFailureException.Permanent("font_unreadable", "A font file named in Exports:Pdf:FallbackFonts cannot be read any more. Ask the operator to check the setting.", exception);
        }
    }
}
