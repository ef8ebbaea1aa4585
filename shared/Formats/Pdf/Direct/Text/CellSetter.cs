using System.Text;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Pages;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>Lays out cells in one line each: plain text glyph by glyph, any other text laid out once and cached.</summary>
internal sealed class CellSetter : IDisposable
{
    private const int MaxCached = 2048;
    private const int MaxCachedLength = 256;

    private static readonly byte[] EllipsisText = "…"u8.ToArray();

    private readonly DocumentFont _font;
    private readonly PlainTable _plain;
    private readonly TextLayout _layout;
    private readonly SmallText _small;
    private readonly int _size;
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
        _size = size;
        (_font, _plain) = fonts.Of(TextWeight.Regular);
        _layout = new TextLayout(fonts, new TextStyle(TextWeight.Regular, size));
        _small = new SmallText(fonts, size);
        _laid = [.. Enumerable.Range(0, columns).Select(_ => new Dictionary<string, LaidText>(StringComparer.Ordinal))];
        _ellipsis = _plain.Advance('…');
    }

    /// <summary>Shows a text starting at the text position, or ending there in a right-aligned column.</summary>
    /// <param name="page">The page's content, inside a text object, in the table's font.</param>
    /// <param name="utf8">The text; line breaks are shown as spaces.</param>
    /// <param name="column">The column, whose texts are remembered together.</param>
    public TextFlaws Set(PdfBuffer page, ReadOnlySpan<byte> utf8, CellColumn column)
    {
        if (TrySetPlain(page, utf8, column, out var flaws))
            return flaws;

        if (_characters.Length < utf8.Length)
            _characters = new char[utf8.Length * 2];

        var text = _clean.Of(_characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, _characters)));
        if (_plain.Measure(text) >= 0 && TrySetPlain(page, Encoding.UTF8.GetBytes(text.ToString()), column, out flaws))
            return flaws;

        var laid = Lay(text, column);
        var width = column.IsRight ? laid.Width : 0;
        if (laid.IsBlock && width > 0)
        {
            var points = (int)(width * (long)_size / 1000);
            page.Points(-points).Add(" 0 Td "u8).Add(laid.Operators).Points(points).Add(" 0 Td\n"u8);
            return laid.Flaws;
        }

        if (width > 0)
            page.Add("["u8).Add(width).Add("]TJ "u8);

        page.Add(laid.Operators).Add("\n"u8);
        return laid.Flaws;
    }

    public void Dispose()
    {
        _layout.Dispose();
        _small.Dispose();
    }

    private bool TrySetPlain(PdfBuffer page, ReadOnlySpan<byte> utf8, CellColumn column, out TextFlaws flaws)
    {
        flaws = TextFlaws.None;
        if (column.IsRight)
            return TrySetRight(page, utf8, column, out flaws);

        var target = page.Reserve((utf8.Length * 4) + 32);
        target[0] = (byte)'(';
        var written = _plain.Write(utf8, target[1..], _font.UsedCharacters, column.Room, out _, out var read);
        if (written < 0)
            return false;

        if (read < utf8.Length)
        {
            // Text beyond the cut is checked as well, so that a text is plain as a whole or not at all.
            if (column.IsWhole || IsLaidOut(utf8[read..]))
                return false;

            flaws = new TextFlaws(IsTruncated: true);
            written = WriteTruncated(utf8, target[1..], column.Room, out _);
        }

        ")Tj\n"u8.CopyTo(target[(1 + written)..]);
        page.Advance(written + 5);
        return true;
    }

    // A number before the string moves back, in thousandths of an em: the text ends where it would start.
    private bool TrySetRight(PdfBuffer page, ReadOnlySpan<byte> utf8, CellColumn column, out TextFlaws flaws)
    {
        flaws = TextFlaws.None;
        if (_bytes.Length < (utf8.Length * 4) + 32)
            _bytes = new byte[(utf8.Length * 8) + 32];

        var written = _plain.Write(utf8, _bytes, _font.UsedCharacters, column.Room, out var width, out var read);
        if (written < 0)
            return false;

        if (read < utf8.Length)
        {
            if (column.IsWhole || IsLaidOut(utf8[read..]))
                return false;

            flaws = new TextFlaws(IsTruncated: true);
            written = WriteTruncated(utf8, _bytes, column.Room, out width);
        }

        page.Add("["u8).Add(width).Add("("u8).Add(_bytes.AsSpan(0, written)).Add(")]TJ\n"u8);
        return true;
    }

    private int WriteTruncated(ReadOnlySpan<byte> utf8, Span<byte> target, int room, out int width)
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

    private LaidText Lay(ReadOnlySpan<char> text, CellColumn column)
    {
        if (text.Length > MaxCachedLength)
            return LayNow(text, column);

        if (_remembered >= MaxCached)
        {
            foreach (var texts in _laid)
                texts.Clear();

            _remembered = 0;
        }

        var byText = _laid[column.Index].GetAlternateLookup<ReadOnlySpan<char>>();
        if (byText.TryGetValue(text, out var known))
            return known;

        var laid = LayNow(text, column);
        _laid[column.Index][text.ToString()] = laid;
        _remembered++;
        return laid;
    }

    private LaidText LayNow(ReadOnlySpan<char> text, CellColumn column)
    {
        if (!column.IsWhole)
            return _layout.LayLine(text, column.Room);

        var width = _layout.Measure(text);
        return width <= column.Room ? _layout.LayLine(text, column.Room) : _small.Lay(text, width, column.Room, column.IsRight);
    }
}
