using System.Collections.Concurrent;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>
/// The fonts in some folders, scanned once, when a character first needs it. The choice for a character depends only on the folders'
/// content: folders in order, within each the most suitable family first, then by name.
/// </summary>
/// <param name="folders">The folders; those below them count as well.</param>
internal sealed class InstalledFonts(IReadOnlyList<string> folders)
{
    private const int MaxFiles = 20_000;
    private const int MaxDepth = 12;

    private readonly ConcurrentDictionary<int, FontFile?> _byCodePoint = [];
    private readonly Lazy<InstalledFont[]> _fonts = new(() => [.. folders.SelectMany(Read)]);

    /// <summary>
    /// The best font for a character; null when none has it. Private use characters mean something else in each font and are found in none.
    /// </summary>
    public FontFile? Find(int codePoint)
    {
        if (codePoint is (>= 0xE000 and <= 0xF8FF) or >= 0xF0000)
            return null;

        return _byCodePoint.GetOrAdd(codePoint, Search);
    }

    /// <summary>Where this system keeps its fonts: those for all users and those of the app's account.</summary>
    public static IReadOnlyList<string> SystemFolders()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = OperatingSystem.IsWindows()
            ? [Environment.GetFolderPath(Environment.SpecialFolder.Fonts), Path.Combine(local, "Microsoft", "Windows", "Fonts")]
            : OperatingSystem.IsMacOS()
                ? ["/System/Library/Fonts", "/Library/Fonts", Path.Combine(home, "Library", "Fonts")]
                : ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(local, "fonts"), Path.Combine(home, ".fonts")];
        return [.. folders.Where(Path.IsPathFullyQualified)];
    }

    private FontFile? Search(int codePoint)
    {
        foreach (var font in _fonts.Value)
        {
            if (font.Coverage.Has(codePoint) && font.File is { } file && file.Has(codePoint))
                return file;
        }

        return null;
    }

    private static IEnumerable<InstalledFont> Read(string folder)
    {
        if (!Directory.Exists(folder))
            return [];

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = MaxDepth,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.None,
        };
        return Directory.EnumerateFiles(folder, "*", options)
            .Where(path => Path.GetExtension(path).ToUpperInvariant() is ".TTF" or ".OTF" or ".TTC" or ".OTC")
            .Take(MaxFiles)
            .SelectMany(InstalledFont.Read)
            .OrderBy(font => font.Rank)
            .ThenBy(font => font.Name, StringComparer.Ordinal)
            .ThenBy(font => font.Path, StringComparer.Ordinal)
            .ThenBy(font => font.Face);
    }
}
