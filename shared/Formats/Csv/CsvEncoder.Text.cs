using System.Runtime.CompilerServices;
using ExportFunctions.Formats.Records;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Csv;

/// <content>Texts: quotes, the injection profile and NUL.</content>
internal sealed partial class CsvEncoder
{
    // First bytes for which FormulaText's answer is known at once: digits, ASCII letters, and the lead bytes of U+00C0 to U+05FF and of
    // U+4000 to U+EFFF, where nothing is a sign, a space or invisible.
    private static readonly bool[] IsHarmless =
    [
        .. Enumerable.Range(0, 256).Select(lead =>
            lead is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= 0xC3 and <= 0xD7) or (>= 0xE4 and <= 0xEE)),
    ];

    private long _nulsReplaced;

    public override IReadOnlyCollection<ExportWarning> Warnings
    {
        get
        {
            var warnings = new List<ExportWarning>();
            if (_nulsReplaced > 0)
                warnings.Add(new ExportWarning(
                    "characters_replaced", _nulsReplaced, "NUL characters in text were replaced, because many readers end a field there."));
            if (_capped > 0)
                warnings.Add(new ExportWarning(
                    "date_capped",
                    _capped,
                    "Times outside of the years 1 to 9999 in the export's time zone are shown as the nearest moment within them."));

            return warnings;
        }
    }

    // The bytes that require a second look at the text.
    private static OrdinaryBytes OrdinaryOf(CsvDialect dialect) => new(
        dialect.Profile == InjectionProfile.Raw
            ? [(byte)'"', (byte)'\r', (byte)'\n', dialect.Delimiter]
            : [(byte)'"', (byte)'\r', (byte)'\n', dialect.Delimiter, 0, (byte)',', (byte)';', (byte)'\t', (byte)'|']);

    // OrdinaryBytes.Step bytes after the text are readable, as in a batch.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteText(ReadOnlySpan<byte> text, bool isQuoted)
    {
        Reserve(Slack + text.Length);
        ref var room = ref Buffer[isQuoted ? Length + 1 : Length];
        if (text.IsEmpty
            || !(_isRaw || IsHarmless[text[0]])
            || (!isQuoted && text.Length == _dialect.NullText.Length)
            || !_ordinary.CopyReadable(text, ref room))
        {
            WriteSlowly(text, isQuoted);
            return;
        }

        if (isQuoted)
            Buffer[Length] = Unsafe.Add(ref room, text.Length) = (byte)'"';

        Length += isQuoted ? text.Length + 2 : text.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteSlowly(ReadOnlySpan<byte> text, bool isQuoted)
    {
        var formulas = _isRaw ? 0 : CountFormulas(text);
        var nuls = _isRaw ? 0 : text.Count((byte)0);
        var quotes = text.Count((byte)'"');
        Reserve(checked(Slack + text.Length + quotes + formulas + (nuls * ("\uFFFD"u8.Length - 1)) + 1));
        isQuoted |= text.IsEmpty || quotes > 0 || text.ContainsAny(_dialect.Delimiter, (byte)'\r', (byte)'\n')
            || (formulas == 0 && text.SequenceEqual(_dialect.NullText));
        if (isQuoted)
            Buffer[Length++] = (byte)'"';

        if (nuls > 0)
            _nulsReplaced++;
        if (formulas > 0)
            AppendDefused(text);
        else if (nuls + quotes > 0)
            AppendRewritten(text);
        else
            Append(text);

        if (isQuoted)
        {
            _isDangling = !_isRaw && _cells.EndsCell(text);

            // A null can't be quoted, so the text must be.
            if (_isDangling && _isNullSigned)
                Buffer[Length++] = (byte)'\'';

            Buffer[Length++] = (byte)'"';
        }
    }

    private bool IsFormula(ReadOnlySpan<byte> text) => CellStarts.IsFormula(text) || (_isBehindDangling && CellStarts.IsSignAlone(text));

    private int CountFormulas(ReadOnlySpan<byte> text)
    {
        var count = IsFormula(text) ? 1 : 0;
        for (var at = _cells.Next(text, 0, ref _isOpen); at >= 0; at = _cells.Next(text, at, ref _isOpen))
            count++;

        return count;
    }

    private void AppendDefused(ReadOnlySpan<byte> text)
    {
        var written = 0;
        for (var at = IsFormula(text) ? 0 : _cells.Next(text, 0, ref _isOpen); at >= 0; at = _cells.Next(text, at, ref _isOpen))
        {
            AppendRewritten(text[written..at]);
            Buffer[Length++] = (byte)'\'';
            written = at;
        }

        AppendRewritten(text[written..]);
    }

    private void AppendRewritten(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'"', _isRaw ? (byte)'"' : (byte)0) is var at and >= 0)
        {
            Append(text[..at]);
            Append(text[at] == 0 ? "\uFFFD"u8 : "\"\""u8);
            text = text[(at + 1)..];
        }

        Append(text);
    }
}
