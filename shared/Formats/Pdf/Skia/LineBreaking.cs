namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>Breaks titles and headings into lines at spaces.</summary>
internal static class LineBreaking
{
    /// <summary>Fills lines up to a width; the last one takes the rest, however long.</summary>
    public static List<string> Fill(TextSetter setter, string text, TextStyle style, float width, int mostLines)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && lines.Count + 1 < mostLines && setter.Measure(longer, style) * style.Size > width)
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
    public static (string First, string Second, float Ems) Halve(TextSetter setter, string text, TextStyle style)
    {
        var best = (First: text, Second: "", Ems: setter.Measure(text, style));
        for (var space = text.IndexOf(' ', StringComparison.Ordinal); space >= 0; space = text.IndexOf(' ', space + 1))
        {
            var ems = Math.Max(setter.Measure(text.AsSpan(0, space), style), setter.Measure(text.AsSpan(space + 1), style));
            if (ems < best.Ems)
                best = (text[..space], text[(space + 1)..], ems);
        }

        return best;
    }
}
