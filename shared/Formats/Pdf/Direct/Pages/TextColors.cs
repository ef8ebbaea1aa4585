using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.NumberFormats;
using ExportFunctions.Formats.Pdf.Direct.Objects;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>
/// Sets the colors that number formats specify. Bright ones are darkened until they are legible: a spreadsheet's red is too pale on paper.
/// </summary>
internal sealed class TextColors
{
    private const double MinContrast = 4.5;

    // The relative luminance of the darkest ground that values stand on, PageColors.Zebra.
    private const double GroundLuminance = 0.93;

    private readonly Dictionary<FormatColor, byte[]> _operators = [];

    /// <summary>Sets a colour for the text that follows.</summary>
    /// <param name="content">The page's content.</param>
    /// <param name="color">The colour.</param>
    public void Set(PdfBuffer content, FormatColor color)
    {
        if (!_operators.TryGetValue(color, out var operators))
            _operators[color] = operators = Encoding.ASCII.GetBytes($" {OperatorOf(color)} ");

        content.Add(operators);
    }

    /// <summary>Restores the table's own color.</summary>
    /// <param name="content">The page's content.</param>
    public static void Reset(PdfBuffer content) => content.Add(PageColors.Ink).Add("\n"u8);

    // White is kept: it is used to hide values.
    private static string OperatorOf(FormatColor color)
    {
        var (red, green, blue) = (color.Red / 255.0, color.Green / 255.0, color.Blue / 255.0);
        for (var step = 0; color is not (255, 255, 255) && step < 100 && Contrast(red, green, blue) < MinContrast; step++)
            (red, green, blue) = (red * 0.97, green * 0.97, blue * 0.97);

        return string.Create(CultureInfo.InvariantCulture, $"{red:0.###} {green:0.###} {blue:0.###} rg");
    }

    // By WCAG 2.2.
    private static double Contrast(double red, double green, double blue) =>
        (GroundLuminance + 0.05) / ((0.2126 * Linear(red)) + (0.7152 * Linear(green)) + (0.0722 * Linear(blue)) + 0.05);

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
