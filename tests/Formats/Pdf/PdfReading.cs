using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>Reads pages back with PdfPig, line by line as they lie on the paper, from left to right.</summary>
internal static class PdfReading
{
    public static List<List<string>> Lines(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        return [.. document.GetPages().Select(Lines)];
    }

    public static List<string> Lines(Page page) =>
        [.. page.Letters.GroupBy(letter => Math.Round(letter.StartBaseLine.Y)).OrderByDescending(line => line.Key).Select(Join)];

    private static string Join(IEnumerable<Letter> letters)
    {
        var line = new StringBuilder();
        var end = double.NaN;
        foreach (var letter in letters.OrderBy(letter => letter.StartBaseLine.X))
        {
            // A column's padding is an em on both sides together; between letters there is nothing.
            if (letter.StartBaseLine.X - end > 1)
                line.Append(" | ");

            line.Append(letter.Value);
            end = letter.EndBaseLine.X;
        }

        return line.ToString();
    }
}
