namespace ExportFunctions.Formats.Csv;

/// <content>Texts: quotes, the injection profile and NUL.</content>
internal sealed partial class CsvEncoder
{
    // First bytes that decide at once what FormulaText decides: digits, letters of ASCII, and the leads of U+00C0 to U+05FF and of
    // U+4000 to U+EFFF, where nothing is a sign, a space or invisible.
    private static readonly bool[] IsHarmless =
        [.. Enumerable.Range(0, 256).Select(lead => lead is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= 0xC3 and <= 0xD7) or (>= 0xE4 and <= 0xEE))];

    /// <summary>The text fields in which NUL characters were replaced so far.</summary>
    public long NulsReplaced { get; private set; }

    private void WriteText(ReadOnlySpan<byte> text, bool isQuoted)
    {
        Reserve(_recordBytes + text.Length);
        var room = _buffer.AsSpan(isQuoted ? _length + 1 : _length);
        if (text.IsEmpty
            || !(_isRaw || IsHarmless[text[0]])
            || (!isQuoted && text.Length == _dialect.NullText.Length)
            || !CsvScan.CopyOrdinary(text, room, _dialect.Delimiter))
        {
            WriteSlowly(text, isQuoted, !_isRaw && FormulaText.Begins(text));
            return;
        }

        if (isQuoted)
            _buffer[_length] = room[text.Length] = (byte)'"';

        _length += isQuoted ? text.Length + 2 : text.Length;
    }

    private void WriteSlowly(ReadOnlySpan<byte> text, bool isQuoted, bool isFormula)
    {
        var nuls = _isRaw ? 0 : text.Count((byte)0);
        var quotes = text.Count((byte)'"');
        Reserve(checked(_recordBytes + text.Length + quotes + (nuls * ("\uFFFD"u8.Length - 1))));
        isQuoted |= text.IsEmpty || quotes > 0 || text.ContainsAny(_dialect.Delimiter, (byte)'\r', (byte)'\n') || (!isFormula && text.SequenceEqual(_dialect.NullText));
        if (isQuoted)
            _buffer[_length++] = (byte)'"';
        if (isFormula)
            _buffer[_length++] = (byte)'\'';

        if (nuls > 0)
            NulsReplaced++;
        if (nuls + quotes == 0)
            Append(text);
        else
            AppendRewritten(text, replacesNuls: nuls > 0);

        if (isQuoted)
            _buffer[_length++] = (byte)'"';
    }

    private void AppendRewritten(ReadOnlySpan<byte> text, bool replacesNuls)
    {
        while (text.IndexOfAny((byte)'"', replacesNuls ? (byte)0 : (byte)'"') is var at and >= 0)
        {
            Append(text[..at]);
            Append(text[at] == 0 ? "\uFFFD"u8 : "\"\""u8);
            text = text[(at + 1)..];
        }

        Append(text);
    }
}
