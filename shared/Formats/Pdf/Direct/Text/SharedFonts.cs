using System.Collections.Concurrent;
using ExportFunctions.Formats.Pdf.Fonts;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>The font files of this process, read when first needed and shared by all documents.</summary>
internal sealed class SharedFonts
{
    private const int FirstPictograph = 0x1F000;

    private readonly Lazy<FontFile> _regular = new(() => LoadShipped(ShippedFonts.Regular));
    private readonly Lazy<FontFile> _bold = new(() => LoadShipped(ShippedFonts.Bold));
    private readonly Lazy<FontFile> _emoji = new(() => LoadShipped(ShippedFonts.Emoji));
    private readonly Lazy<PlainTable> _plainRegular;
    private readonly Lazy<PlainTable> _plainBold;
    private readonly Lazy<FontFile>[] _configured;
    private readonly Lazy<FontFile>[] _shipped;
    private readonly InstalledFonts _installed;
    private readonly ConcurrentDictionary<int, FontFile?> _byCodePoint = [];

    /// <summary>Names the fonts without reading them.</summary>
    /// <param name="options">The configured font files and folders.</param>
    public SharedFonts(PdfOptions options)
    {
        _plainRegular = new(() => new PlainTable(Regular));
        _plainBold = new(() => new PlainTable(Bold));
        _configured = [.. options.FallbackFonts.Select(path => new Lazy<FontFile>(() => LoadFile(path)))];
        _shipped =
        [
            .. ShippedFonts.Fallbacks.Select(name => name == ShippedFonts.Emoji ? _emoji : new Lazy<FontFile>(() => LoadShipped(name))),
        ];
        _installed = new InstalledFonts([.. options.FontFolders, .. options.SystemFonts ? InstalledFonts.SystemFolders() : []]);
    }

    /// <summary>Noto Sans.</summary>
    public FontFile Regular => _regular.Value;

    /// <summary>Noto Sans Bold.</summary>
    public FontFile Bold => _bold.Value;

    /// <summary>Plain characters of the regular font.</summary>
    public PlainTable PlainRegular => _plainRegular.Value;

    /// <summary>Plain characters of the bold font.</summary>
    public PlainTable PlainBold => _plainBold.Value;

    /// <summary>
    /// The first font that has a character, apart from the two above: those configured, those shipped, those installed. Null when none has.
    /// </summary>
    public FontFile? FindFallback(int codePoint) => _byCodePoint.GetOrAdd(codePoint, Search);

    private FontFile? Search(int codePoint)
    {
        foreach (var font in _configured)
        {
            if (font.Value.Has(codePoint))
                return font.Value;
        }

        // The signs' font has some faces as well, which don't go with the other pictographs.
        if (codePoint >= FirstPictograph && _emoji.Value.Has(codePoint))
            return _emoji.Value;

        return Array.Find(_shipped, font => font.Value.Has(codePoint))?.Value ?? _installed.Find(codePoint);
    }

    private static FontFile LoadShipped(string name)
    {
        using var source = ShippedFonts.Open(name);
        return FontFile.Load(FontSource.Of(source));
    }

    private static FontFile LoadFile(string path)
    {
        try
        {
            return FontFile.Load(FontSource.OpenFile(path));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // It could be read when the app started.
            throw ExportFailureException.Permanent(
                "font_unreadable",
                "A font file named in Exports:Pdf:FallbackFonts cannot be read any more. Ask the operator to check the setting.",
                exception);
        }
    }
}
