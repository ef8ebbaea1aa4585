using ExportFunctions.Formats.Pdf.Fonts;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>The fonts of one document. Those for other scripts are read when a character first needs them.</summary>
/// <param name="fallbackFiles">The configured font files, in order.</param>
internal sealed class FontSet(IReadOnlyList<string> fallbackFiles) : IDisposable
{
    private static readonly string[] ShippedFallbacks = [ShippedFonts.Hebrew, ShippedFonts.Arabic];

    private readonly FontFace?[] _fallbacks = new FontFace?[fallbackFiles.Count + ShippedFallbacks.Length];
    private readonly Dictionary<int, FontFace?> _byCodePoint = [];

    /// <summary>Noto Sans, for what the table holds.</summary>
    public FontFace Regular { get; } = Load(ShippedFonts.Regular);

    /// <summary>Noto Sans Bold, for headings.</summary>
    public FontFace Bold { get; } = Load(ShippedFonts.Bold);

    /// <summary>The first fall-back font that has a code point; null when none has.</summary>
    public FontFace? FindFallback(int codePoint)
    {
        if (_byCodePoint.TryGetValue(codePoint, out var known))
            return known;

        FontFace? found = null;
        for (var i = 0; i < _fallbacks.Length && found is null; i++)
        {
            var face = _fallbacks[i] ??= Open(i);
            if (face.Glyph(codePoint) != 0)
                found = face;
        }

        _byCodePoint[codePoint] = found;
        return found;
    }

    /// <summary>Drops what the document does not use. Call once, before it is closed.</summary>
    public void Subset()
    {
        Regular.Subset();
        Bold.Subset();
        foreach (var face in _fallbacks)
            face?.Subset();
    }

    public void Dispose()
    {
        Regular.Dispose();
        Bold.Dispose();
        foreach (var face in _fallbacks)
            face?.Dispose();
    }

    private static FontFace Load(string shipped)
    {
        using var source = ShippedFonts.Open(shipped);
        return FontFace.Load(source);
    }

    private FontFace Open(int index)
    {
        if (index >= fallbackFiles.Count)
            return Load(ShippedFallbacks[index - fallbackFiles.Count]);

        using var source = File.OpenRead(fallbackFiles[index]);
        return FontFace.Load(source);
    }
}
