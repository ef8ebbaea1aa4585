using System.Globalization;

namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>A color that a section of a number format specifies.</summary>
/// <param name="Red">The red in it, 0 to 255.</param>
/// <param name="Green">The green in it, 0 to 255.</param>
/// <param name="Blue">The blue in it, 0 to 255.</param>
public readonly record struct FormatColor(byte Red, byte Green, byte Blue)
{
    private static readonly string[] Names = ["Black", "White", "Red", "Green", "Blue", "Yellow", "Magenta", "Cyan"];

    // The palette of Color 1 to Color 56; the first eight also have names.
    private static readonly int[] Palette =
    [
        0x000000,
        0xFFFFFF,
        0xFF0000,
        0x00FF00,
        0x0000FF,
        0xFFFF00,
        0xFF00FF,
        0x00FFFF,
        0x800000,
        0x008000,
        0x000080,
        0x808000,
        0x800080,
        0x008080,
        0xC0C0C0,
        0x808080,
        0x9999FF,
        0x993366,
        0xFFFFCC,
        0xCCFFFF,
        0x660066,
        0xFF8080,
        0x0066CC,
        0xCCCCFF,
        0x000080,
        0xFF00FF,
        0xFFFF00,
        0x00FFFF,
        0x800080,
        0x800000,
        0x008080,
        0x0000FF,
        0x00CCFF,
        0xCCFFFF,
        0xCCFFCC,
        0xFFFF99,
        0x99CCFF,
        0xFF99CC,
        0xCC99FF,
        0xFFCC99,
        0x3366FF,
        0x33CCCC,
        0x99CC00,
        0xFFCC00,
        0xFF9900,
        0xFF6600,
        0x666699,
        0x969696,
        0x003366,
        0x339966,
        0x003300,
        0x333300,
        0x993300,
        0x993366,
        0x333399,
        0x333333,
    ];

    /// <summary>The valid color names, besides <c>Color 1</c> to <c>Color 56</c>.</summary>
    public static IReadOnlyList<string> KnownNames => Names;

    /// <summary>The color for a name or <c>Color n</c>, case-insensitive; null when there is none.</summary>
    /// <param name="name">What stands between the brackets.</param>
    public static FormatColor? Find(string name)
    {
        var index = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index < 0 && name.StartsWith("color", StringComparison.OrdinalIgnoreCase))
            index = int.TryParse(name.AsSpan(5).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : -1;

        if (index < 0 || index >= Palette.Length)
            return null;

        return new FormatColor((byte)(Palette[index] >> 16), (byte)(Palette[index] >> 8), (byte)Palette[index]);
    }
}
