namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>
/// A font found in a folder, with what is needed to decide whether to use it for a character. The font itself is read on first use.
/// </summary>
internal sealed class InstalledFont
{
    // Families made to go with Noto Sans or to read well beside it, the best first; the first of the Chinese ones has all Japanese and
    // Korean characters as well.
    private static readonly string[] Preferred =
    [
        "NotoSansCJKsc", "NotoSansSC", "NotoSans", "SourceHanSans", "DejaVuSans", "SegoeUI", "MicrosoftYaHei", "MalgunGothic", "YuGothic",
        "LeelawadeeUI", "NirmalaUI", "PingFangSC", "AppleSDGothicNeo", "HiraginoSans", "Thonburi", "DevanagariSangamMN",
        "DroidSansFallback", "WenQuanYiMicroHei", "ArialUnicodeMS",
    ];

    private readonly Lazy<FontFile?> _file;

    private InstalledFont(string path, int face, FontTables tables, FontCoverage coverage)
    {
        (Path, Face, Coverage, Name) = (path, face, coverage, tables.FindPostScriptName());
        Rank = RankOf(Name, IsPlain(tables));
        _file = new Lazy<FontFile?>(Load);
    }

    public string Path { get; }

    /// <summary>Which font of a collection.</summary>
    public int Face { get; }

    /// <summary>The PostScript name.</summary>
    public string Name { get; }

    /// <summary>The priority: lower is preferred.</summary>
    public int Rank { get; }

    public FontCoverage Coverage { get; }

    /// <summary>The font; null when it cannot be read any more.</summary>
    public FontFile? File => _file.Value;

    /// <summary>The fonts of a file that documents can hold; none when it is not one, or damaged.</summary>
    public static List<InstalledFont> Read(string path)
    {
        var found = new List<InstalledFont>();
        try
        {
            using var source = FontSource.OpenFile(path);
            for (var face = 0; face < FontTables.CountFaces(source); face++)
            {
                if (TryRead(path, face, source) is { } font)
                    found.Add(font);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Other programs' folders may contain anything.
        }

        return found;
    }

    private static InstalledFont? TryRead(string path, int face, FontSource source)
    {
        try
        {
            var tables = FontTables.Read(source, face);
            FontFile.Check(tables);
            return new InstalledFont(path, face, tables, FontCoverage.Read(tables));
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    private FontFile? Load()
    {
        try
        {
            return FontFile.Load(FontSource.OpenFile(Path), Face);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Of a family's fonts the one that is neither bold nor slanted, neither narrow nor light.
    private static bool IsPlain(FontTables tables) =>
        (tables.UInt16("head", 44) & 0x0003) == 0
        && (tables.Length("OS/2") < 8 || (tables.UInt16("OS/2", 4) is >= 350 and <= 450 && tables.UInt16("OS/2", 6) == 5));

    private static int RankOf(string name, bool isPlain)
    {
        var family = Array.FindIndex(Preferred, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        var rank = family < 0 ? Preferred.Length : family;
        return name.Contains("Mono", StringComparison.Ordinal) || !isPlain ? rank + 1000 : rank;
    }
}
