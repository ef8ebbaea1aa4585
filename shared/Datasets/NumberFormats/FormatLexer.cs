namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>Splits a number format into parts, without yet resolving digits, commas and the ambiguous letter m.</summary>
/// <param name="text">The format.</param>
internal sealed class FormatLexer(string text)
{
    private int _at;

    /// <summary>The parts found, sections divided by <see cref="FormatPartKind.Border"/>.</summary>
    public List<FormatPart> Parts { get; } = [];

    /// <summary>The error; null while there is none.</summary>
    public NumberFormatFault? Fault { get; private set; }

    /// <summary>Reads the whole format, or up to the first error.</summary>
    public void Read()
    {
        while (_at < text.Length && Fault is null)
            ReadPart(text[_at]);
    }

    private void ReadPart(char sign)
    {
        switch (sign)
        {
            case '"':
                ReadQuoted();
                break;
            case '\\':
                ReadEscaped(FormatPartKind.Literal, "a backslash shows the character behind it, and there is none");
                break;
            case '_':
                ReadEscaped(FormatPartKind.Gap, "an underscore leaves the width of the character behind it, and there is none");
                break;
            case '*':
                ReadEscaped(FormatPartKind.Fill, "an asterisk repeats the character behind it, and there is none");
                break;
            case '[':
                ReadBracket();
                break;
            case ']':
                Fail(_at, "a bracket closes that was never opened; write \\] for the character itself");
                break;
            case '0' or '#' or '?':
                Take(FormatPartKind.Digit, 1);
                break;
            case >= '1' and <= '9':
                ReadDenominator();
                break;
            case '.':
                Take(FormatPartKind.Point, 1);
                break;
            case ',':
                Take(FormatPartKind.Comma, 1);
                break;
            case '%':
                Take(FormatPartKind.Percent, 1);
                break;
            case '/':
                Take(FormatPartKind.Slash, 1);
                break;
            case ':':
                Take(FormatPartKind.TimeSeparator, 1);
                break;
            case ';':
                Take(FormatPartKind.Border, 1);
                break;
            case '@':
                Take(FormatPartKind.Text, 1);
                break;
            default:
                if (char.IsAsciiLetter(sign))
                    ReadLetters(sign);
                else if (char.IsControl(sign))
                    Fail(_at, "a control character stands there");
                else
                    Take(FormatPartKind.Literal, char.IsHighSurrogate(sign) && _at + 1 < text.Length ? 2 : 1);

                break;
        }
    }

    private void ReadLetters(char sign)
    {
        if (Follows("General"))
            Take(FormatPartKind.General, "General".Length);
        else if (sign is 'E' or 'e' && _at + 1 < text.Length && text[_at + 1] is '+' or '-')
            Take(FormatPartKind.Exponent, 2);
        else if (Follows("AM/PM"))
            Take(FormatPartKind.HalfDay, "AM/PM".Length);
        else if (Follows("A/P"))
            Take(FormatPartKind.HalfDayLetter, "A/P".Length);
        else if (Follows("aaa"))
            TakeRun(FormatPartKind.Day);
        else if (ClockPart(char.ToLowerInvariant(sign)) is { } kind)
            TakeRun(kind);
        else
            Fail(_at, $"the letter {sign} means nothing; put text into quotes, such as \"{text[_at..EndOfWord()]}\"");
    }

    private static FormatPartKind? ClockPart(char letter) => letter switch
    {
        'y' or 'e' => FormatPartKind.Year,
        'b' => FormatPartKind.BuddhistYear,
        'm' => FormatPartKind.Month,
        'd' => FormatPartKind.Day,
        'h' => FormatPartKind.Hour,
        's' => FormatPartKind.Second,
        _ => null,
    };

    private void TakeRun(FormatPartKind kind)
    {
        var end = _at + 1;
        while (end < text.Length && char.ToLowerInvariant(text[end]) == char.ToLowerInvariant(text[_at]))
            end++;

        Take(kind, end - _at);
    }

    private void ReadQuoted()
    {
        var end = text.IndexOf('"', _at + 1);
        if (end < 0)
        {
            Fail(_at, "a quote opens a text that no quote closes");
            return;
        }

        Parts.Add(new FormatPart(FormatPartKind.Literal, _at, text[(_at + 1)..end]));
        _at = end + 1;
    }

    private void ReadEscaped(FormatPartKind kind, string fault)
    {
        if (_at + 1 == text.Length)
        {
            Fail(_at, fault);
            return;
        }

        var length = char.IsHighSurrogate(text[_at + 1]) && _at + 2 < text.Length ? 2 : 1;
        Parts.Add(new FormatPart(kind, _at, text.Substring(_at + 1, length)));
        _at += length + 1;
    }

    private void ReadBracket()
    {
        var end = text.IndexOf(']', _at);
        if (end < 0)
        {
            Fail(_at, "a bracket opens that no bracket closes");
            return;
        }

        var inside = text[(_at + 1)..end];
        if (FormatBrackets.Find(inside, out var kind) is { } fault)
            Fail(_at, fault);

        Parts.Add(new FormatPart(kind, _at, inside, inside.Length));
        _at = end + 1;
    }

    // A fixed digit can only be a fraction's denominator.
    private void ReadDenominator()
    {
        if (Parts is not [.., { Kind: FormatPartKind.Slash }])
        {
            Fail(_at, $"the digit {text[_at]} means nothing; 0, # and ? stand for digits, and \\{text[_at]} for the digit itself");
            return;
        }

        var end = _at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;

        if (end - _at > 7)
            Fail(_at, "a denominator has at most 7 digits");

        Take(FormatPartKind.Denominator, end - _at);
    }

    private bool Follows(string word) => text.AsSpan(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private int EndOfWord()
    {
        var end = _at;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;

        return end;
    }

    private void Take(FormatPartKind kind, int length)
    {
        Parts.Add(new FormatPart(kind, _at, text.Substring(_at, length), length));
        _at += length;
    }

    private void Fail(int position, string message) => Fault ??= new NumberFormatFault(position, message);
}
