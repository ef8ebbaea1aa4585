using System.Buffers;
using System.Text;

namespace ExportFunctions.Formats.Csv;

/// <summary>
/// Finds where a text would begin a formula in a reader: at its start, and after anything that a reader may take for the end of a cell. A
/// file may be opened with a delimiter other than its own, because of the locale or an import setting; the quotes around a text then have
/// no effect.
/// </summary>
/// <param name="delimiter">The file's own delimiter.</param>
internal sealed class CellStarts(byte delimiter)
{
    private const byte Quote = (byte)'"';

    private readonly SearchValues<byte> _ends = SearchValues.Create(
        [(byte)',', (byte)';', (byte)'\t', (byte)'|', (byte)'\r', (byte)'\n', delimiter]);

    /// <summary>True when the text itself begins a formula.</summary>
    /// <param name="text">The text.</param>
    public static bool IsFormula(ReadOnlySpan<byte> text) => FormulaText.Begins(text) && !PlainNumber.Is(text);

    /// <summary>True when the text is a sign without a number, which may be followed by a quoted text in a formula.</summary>
    /// <param name="text">The text.</param>
    public static bool IsSignAlone(ReadOnlySpan<byte> text) => FormulaText.Begins(text) && !text.ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>True when the text's last byte may end a cell.</summary>
    /// <param name="text">The text.</param>
    public bool EndsCell(ReadOnlySpan<byte> text) => !text.IsEmpty && _ends.Contains(text[^1]);

    /// <summary>The next position after the end of a cell where a formula begins; -1 when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin looking for ends of cells.</param>
    /// <param name="isOpen">
    /// Set to true when the text ends in a number with a sign that begins a cell, so that what follows the text belongs to that cell.
    /// </param>
    public int Next(ReadOnlySpan<byte> text, int from, ref bool isOpen)
    {
        while (text[from..].IndexOfAny(_ends) is var at and >= 0)
        {
            from += at + 1;
            if (!BeginsWithSign(text[from..]))
                continue;

            // The cell ends with the line, or at the next occurrence of the delimiter that began it; the file's own delimiter also follows
            // the text. A TAB may also be just a space.
            var start = text[from - 1];
            var cell = text[from..];
            var end = start == '\t' ? cell.IndexOfAny((byte)'\r', (byte)'\n') : cell.IndexOfAny(start, (byte)'\r', (byte)'\n');
            if (end >= 0)
                cell = cell[..end];

            // A quote follows the text, or may follow it.
            if (!PlainNumber.Is(cell) || IsSignAlone(cell))
                return from;

            isOpen |= end < 0 && start != delimiter;
        }

        return -1;
    }

    // Quotes are skipped as well: readers drop them at the start of a cell.
    private static bool BeginsWithSign(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && text[0] is not ((byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done)
                return false;
            if (FormulaText.IsSign(rune))
                return true;
            if (rune.Value != Quote && !FormulaText.IsLookedThrough(rune))
                return false;

            text = text[length..];
        }

        return false;
    }
}
