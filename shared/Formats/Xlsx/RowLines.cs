using System.Text;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Counts the lines that a row's texts take, for its height.</summary>
internal static class RowLines
{
    // A text that would take more lines by its length alone shows only its beginning.
    private const int MaxWrappedLines = 8;

    /// <summary>The lines of a row.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row's position in the batch.</param>
    /// <param name="columns">The columns.</param>
    public static int Of(RowBatch batch, int row, SheetColumn[] columns)
    {
        var lines = 1;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].IsText && !batch.IsNull(row, i))
                lines = Math.Max(lines, LinesOf(batch.GetText(row, i), columns[i]));
        }

        return lines;
    }

    /// <summary>The lines of the header.</summary>
    /// <param name="titles">The titles.</param>
    /// <param name="columns">The columns.</param>
    public static int OfTitles(IReadOnlyList<string> titles, SheetColumn[] columns)
    {
        var lines = 1;
        for (var i = 0; i < titles.Count; i++)
        {
            var parts = titles[i].Split('\n').Select(part => GlyphWidths.Bold.WidestLine(Encoding.UTF8.GetBytes(part), double.MaxValue));
            lines = Math.Max(lines, parts.Sum(width => Math.Max(1, (int)Math.Ceiling(width / columns[i].LineCharacters))));
        }

        return lines;
    }

    /// <summary>Whether a text longer than its column's width wraps.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lineCharacters">The characters of a line.</param>
    public static bool IsWrapped(ReadOnlySpan<byte> text, int lineCharacters) =>
        CharactersOf(text) is var characters && characters > lineCharacters && characters <= lineCharacters * MaxWrappedLines;

    private static int LinesOf(ReadOnlySpan<byte> text, SheetColumn column)
    {
        var isBroken = text.Contains((byte)'\n');
        var isLong = text.Length > column.WrapCharacters && IsWrapped(text, column.WrapCharacters);
        return isBroken || isLong ? CountLines(text, column.LineCharacters) : 1;
    }

    private static int CountLines(ReadOnlySpan<byte> text, int lineCharacters)
    {
        var lines = 0;
        foreach (var line in text.Split((byte)'\n'))
        {
            lines += Math.Max(1, (CharactersOf(text[line]) + lineCharacters - 1) / lineCharacters);
            if (lines >= XlsxLimits.MaxRowLines)
                break;
        }

        return lines;
    }

    private static int CharactersOf(ReadOnlySpan<byte> text)
    {
        var characters = 0;
        foreach (var sign in text)
            characters += (sign & 0xC0) == 0x80 ? 0 : 1;

        return characters;
    }
}
