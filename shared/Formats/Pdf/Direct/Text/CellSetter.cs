using System.Text;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>Sets cells in one line each: plain text glyph by glyph into the page, any other text laid out once and remembered.</summary>
internal sealed class CellSetter : IDisposable
{
    private const int MostRemembered = 2048;
    private const int LongestRemembered = 256;

    private static readonly byte[] EllipsisText = "…"u8.ToArray();

    private readonly DocumentFont _font;
    private readonly PlainTable _plain;
    private readonly TextLayout _layout;
    private readonly CleanText _clean = new();
    private readonly Dictionary<string, LaidText>[] _laid;
    private readonly int _ellipsis;
    private char[] _characters = new char[256];
    private byte[] _bytes = new byte[1024];
    private int _remembered;

    /// <summary>Makes a setter.</summary>
    /// <param name="fonts">The document's fonts.</param>
    /// <param name="size">The size of the table's text, in hundredths of a point.</param>
    /// <param name="columns">The number of columns.</param>
    public CellSetter(DocumentFonts fonts, int size, int columns)
    {
        (_font, _plain) = fonts.Of(TextWeight.Regular);
        _layout = new TextLayout(fonts, new TextStyle(TextWeight.Regular, size));
        _laid = [.. Enumerable.Range(0, columns).Select(_ => new Dictionary<string, LaidText>(StringComparer.Ordinal))];
        _ellipsis = _plain.Advance('…');
    }

    /// <summary>Shows a text at the text position.</summary>
    /// <param name="page">The page's content, inside a text object, in the table's font.</param>
    /// <param name="utf8">The text; line breaks are shown as spaces.</param>
    /// <param name="column">The column, whose texts are remembered together.</param>
    /// <param name="room">The column's width, in thousandths of an em.</param>
    /// <param name="isRight">Whether the text ends at the text position instead of starting there.</param>
    public TextFlaws Set(PdfBuffer page, ReadOnlySpan<byte> utf8, int column, int room, bool isRight)
    {
        if (TrySetPlain(page, utf8, room, isRight, out var flaws))
            return flaws;

        if (_characters.Length < utf8.Length)
            _characters = new char[utf8.Length * 2];

        var text = _clean.Of(_characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, _characters)));
        if (_plain.Measure(text) >= 0)
        {
            TrySetPlain(page, Encoding.UTF8.GetBytes(text.ToString()), room, isRight, out flaws);
            return flaws;
        }

        var laid = Lay(text, column, room);
        if (isRight && laid.Width > 0)
            page.Add("["u8).Add(laid.Width).Add("]TJ "u8);

        page.Add(laid.Operators).Add("\n"u8);
        return laid.Flaws;
    }

    public void Dispose() => _layout.Dispose();

    private bool TrySetPlain(PdfBuffer page, ReadOnlySpan<byte> utf8, int room, bool isRight, out TextFlaws flaws)
    {
        flaws = TextFlaws.None;
        if (isRight)
            return TrySetRight(page, utf8, room, out flaws);

        var target = page.Reserve((utf8.Length * 4) + 32);
        target[0] = (byte)'(';
        var written = _plain.Write(utf8, target[1..], _font.UsedCharacters, room, out _, out var read);
        if (written < 0)
            return false;

        if (read < utf8.Length)
        {
            // What lies behind the cut is looked at as well, so that a text is plain as a whole or not at all.
            if (IsLaidOut(utf8[read..]))
                return false;

            flaws = new TextFlaws(IsCut: true);
            written = WriteCut(utf8, target[1..], room, out _);
        }

        ")Tj\n"u8.CopyTo(target[(1 + written)..]);
        page.Advance(written + 5);
        return true;
    }

    // A number before the string moves back, in thousandths of an em: the text ends where it would start.
    private bool TrySetRight(PdfBuffer page, ReadOnlySpan<byte> utf8, int room, out TextFlaws flaws)
    {
        flaws = TextFlaws.None;
        if (_bytes.Length < (utf8.Length * 4) + 32)
            _bytes = new byte[(utf8.Length * 8) + 32];

        var written = _plain.Write(utf8, _bytes, _font.UsedCharacters, room, out var width, out var read);
        if (written < 0)
            return false;

        if (read < utf8.Length)
        {
            flaws = new TextFlaws(IsCut: true);
            written = WriteCut(utf8, _bytes, room, out width);
        }

        page.Add("["u8).Add(width).Add("("u8).Add(_bytes.AsSpan(0, written)).Add(")]TJ\n"u8);
        return true;
    }

    private int WriteCut(ReadOnlySpan<byte> utf8, Span<byte> target, int room, out int width)
    {
        var written = _plain.Write(utf8, target, _font.UsedCharacters, Math.Max(0, room - _ellipsis), out width, out _);
        written += _plain.Write(EllipsisText, target[written..], _font.UsedCharacters, int.MaxValue, out var more, out _);
        width += more;
        return written;
    }

    private bool IsLaidOut(ReadOnlySpan<byte> utf8)
    {
        if (_characters.Length < utf8.Length)
            _characters = new char[utf8.Length * 2];

        return _plain.Measure(_characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, _characters))) < 0;
    }

    private LaidText Lay(ReadOnlySpan<char> text, int column, int room)
    {
        if (text.Length > LongestRemembered)
            return _layout.LayLine(text, room);

        if (_remembered >= MostRemembered)
        {
            foreach (var texts in _laid)
                texts.Clear();

            _remembered = 0;
        }

        var byText = _laid[column].GetAlternateLookup<ReadOnlySpan<char>>();
        if (byText.TryGetValue(text, out var known))
            return known;

        var laid = _layout.LayLine(text, room);
        _laid[column][text.ToString()] = laid;
        _remembered++;
        return laid;
    }
}
