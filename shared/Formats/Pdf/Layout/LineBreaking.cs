namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>Breaks titles and headings into lines at spaces.</summary>
internal static class LineBreaking
{
    /// <summary>Fills lines up to a width in ems; the last one takes the rest, however long.</summary>
    public static List<string> Fill(ITextRuler ruler, string text, TextWeight weight, float ems, int maxLines)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && lines.Count + 1 < maxLines && ruler.Measure(longer, weight) > ems)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>The break into at most two lines whose wider one is narrowest.</summary>
    public static (string First, string Second, float Ems) Halve(ITextRuler ruler, string text, TextWeight weight)
    {
        var best = (First: text, Second: "", Ems: ruler.Measure(text, weight));
        for (var space = text.IndexOf(' ', StringComparison.Ordinal); space >= 0; space = text.IndexOf(' ', space + 1))
        {
            var ems = Math.Max(ruler.Measure(text.AsSpan(0, space), weight), ruler.Measure(text.AsSpan(space + 1), weight));
            if (ems < best.Ems)
                best = (text[..space], text[(space + 1)..], ems);
        }

        return best;
    }
}
