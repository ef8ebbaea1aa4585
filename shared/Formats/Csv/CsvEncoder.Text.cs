namespace ExportFunctions.Formats.Csv;

/// <content>Texts: quotes, the injection profile and NUL.</content>
internal sealed partial class CsvEncoder
{
    /// <summary>The text fields in which NUL characters were replaced so far.</summary>
    public long NulsReplaced { get; private set; }

    private void WriteText(ReadOnlySpan<byte> text, bool isQuoted)
    {
        var isFormula = _dialect.Profile == InjectionProfile.Safe && FormulaText.Begins(text);
        Reserve(_recordBytes + text.Length);
        if (isQuoted || isFormula || text.SequenceEqual(_dialect.NullText) || !CsvScan.CopyOrdinary(text, _buffer.AsSpan(_length), _dialect.Delimiter))
            WriteSlowly(text, isQuoted, isFormula);
        else
            _length += text.Length;
    }

    private void WriteSlowly(ReadOnlySpan<byte> text, bool isQuoted, bool isFormula)
    {
        var nuls = _dialect.Profile == InjectionProfile.Safe ? text.Count((byte)0) : 0;
        var quotes = text.Count((byte)'"');
        Reserve(checked(_recordBytes + text.Length + quotes + (nuls * ("\uFFFD"u8.Length - 1))));
        isQuoted |= text.IsEmpty || quotes > 0 || text.ContainsAny(_dialect.Delimiter, (byte)'\r', (byte)'\n') || text.SequenceEqual(_dialect.NullText);
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
