using System.Globalization;
using System.Runtime.InteropServices;
using ExportFunctions.Formats.Pdf.Direct.Objects;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>
/// Lays out text that plain glyphs can't represent: other scripts with HarfBuzz, each character in the first font that has it,
/// right-to-left runs reversed.
/// </summary>
/// <param name="fonts">The document's fonts.</param>
/// <param name="style">How the text is set.</param>
internal sealed class TextLayout(DocumentFonts fonts, TextStyle style) : IDisposable
{
    private const string Ellipsis = "…";
    private const int Stretch = 1024;

    private readonly DocumentFont _primary = fonts.Of(style.Weight).Font;
    private readonly PieceShaper _shaper = new(style.Size);
    private readonly PdfBuffer _operators = new();
    private readonly List<PlacedPiece> _line = [];
    private TextSplitter? _splitter;

    private TextSplitter Splitter => _splitter ??= new TextSplitter(fonts, _primary, _shaper);

    /// <summary>How the text is set.</summary>
    public TextStyle Style => style;

    /// <summary>The width of one line, in thousandths of an em.</summary>
    public int Measure(ReadOnlySpan<char> text)
    {
        Splitter.Split(text);
        var width = 0;
        foreach (var piece in Splitter.Pieces)
            width += piece.Piece.Width;

        return width;
    }

    /// <summary>Lays a text out in one line, truncated with an ellipsis if it does not fit.</summary>
    /// <param name="text">The text, cleaned.</param>
    /// <param name="room">The width it may take, in thousandths of an em.</param>
    public LaidText LayLine(ReadOnlySpan<char> text, int room)
    {
        if (Measure(text) <= room)
            return Set(CollectionsMarshal.AsSpan(Splitter.Pieces), TextFlaws.None);

        // The longest prefix that fits with an ellipsis, cut between grapheme clusters. Words are shaped once, so that trying is cheap.
        var starts = StringInfo.ParseCombiningCharacters(text.ToString());
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Measure([.. text[..starts[middle]], .. Ellipsis]) <= room)
                low = middle;
            else
                high = middle - 1;
        }

        Splitter.Split([.. text[..starts[low]], .. Ellipsis]);
        return Set(CollectionsMarshal.AsSpan(Splitter.Pieces), new TextFlaws(IsTruncated: true));
    }

    /// <summary>Lays a text out in as many lines as it takes.</summary>
    /// <param name="text">The text, cleaned.</param>
    /// <param name="room">The width of a line, in thousandths of an em.</param>
    /// <param name="lines">Takes the lines.</param>
    public void LayLines(ReadOnlySpan<char> text, int room, List<LaidText> lines)
    {
        int? level = null;
        for (var offset = 0; offset < text.Length;)
        {
            // In stretches, so that a word too wide for its line affects a stretch, not the whole text.
            var stretch = text[offset..Math.Min(text.Length, offset + Stretch)];
            Splitter.Split(stretch, level);
            level = Splitter.Level;
            offset += LayStretch(stretch, offset + stretch.Length == text.Length, room, lines);
        }
    }

    public void Dispose()
    {
        _shaper.Dispose();
        _operators.Dispose();
    }

    // Returns how many characters were consumed: at least one line's.
    private int LayStretch(ReadOnlySpan<char> stretch, bool isLast, int room, List<LaidText> lines)
    {
        var pieces = Splitter.Pieces;
        for (var first = 0; first < pieces.Count;)
        {
            var next = LineFilling.Next(pieces, first, room, out var end);
            if (next == first)
            {
                var start = pieces[first].Start;
                var length = FittingStart(stretch[start..], room);
                Splitter.Split(stretch.Slice(start, length));
                lines.Add(Set(CollectionsMarshal.AsSpan(Splitter.Pieces), TextFlaws.None));
                return start + length;
            }

            // The last words of a stretch may continue in the next one.
            if (next == pieces.Count && !isLast && first > 0)
                return pieces[first].Start;

            lines.Add(Set(CollectionsMarshal.AsSpan(pieces)[first..end], TextFlaws.None));
            first = next;
        }

        return stretch.Length;
    }

    // The characters, as people see them, that fit a line; at least one.
    private int FittingStart(ReadOnlySpan<char> text, int room)
    {
        var length = 0;
        var width = 0;
        while (length < text.Length)
        {
            var step = StringInfo.GetNextTextElementLength(text[length..]);
            width += Measure(text.Slice(length, step));
            if (length > 0 && width > room)
                break;

            length += step;
        }

        return length;
    }

    private LaidText Set(ReadOnlySpan<PlacedPiece> pieces, TextFlaws flaws)
    {
        _line.Clear();
        _line.AddRange(pieces);
        var line = CollectionsMarshal.AsSpan(_line);
        Splitter.SetLineEnd(line);
        VisualOrder.Apply(line);

        _operators.Clear();
        var width = 0;
        var font = _primary;
        foreach (var (_, _, _, _, _, piece) in line)
        {
            ChangeFont(ref font, piece.Font);
            _operators.Add(piece.Operators);
            width += piece.Width;
            flaws |= new TextFlaws(Missing: piece.Missing);
        }

        ChangeFont(ref font, _primary);
        return new LaidText(_operators.Written.ToArray(), width, flaws);
    }

    private void ChangeFont(ref DocumentFont font, DocumentFont next)
    {
        if (font != next)
            _operators.Add("/F"u8).Add(next.Number).Add(" "u8).Points(style.Size).Add(" Tf "u8);

        font = next;
    }
}
