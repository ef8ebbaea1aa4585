using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>
/// Lays out a text that must not be truncated in a column too narrow for it: in smaller type, down to three fifths, then in as many lines
/// as needed, within the height of one.
/// </summary>
/// <param name="fonts">The document's fonts.</param>
/// <param name="size">The size of the table's text, in hundredths of a point.</param>
internal sealed class SmallText(DocumentFonts fonts, int size) : IDisposable
{
    private const double MinScale = 0.6;
    private const double Leading = 1.2;

    // The height that lines may take, in ems of the table's text; a row has 1.75.
    private const double Height = 1.5;
    private const int MaxLines = 100;
    private const int MinSize = 8;

    // Half of Noto Sans's capitals.
    private const double HalfCapitals = 0.357;

    private readonly Dictionary<int, TextLayout> _bySize = [];
    private readonly List<LaidText> _lines = [];
    private readonly PdfBuffer _operators = new();

    /// <summary>Lays a text out.</summary>
    /// <param name="text">The text, cleaned.</param>
    /// <param name="width">Its width at the table's size, in thousandths of an em.</param>
    /// <param name="room">The width it may take, likewise.</param>
    /// <param name="isRight">Whether its lines stand right.</param>
    /// <param name="maxLines">The most lines.</param>
    /// <returns>Operators that show it from the text position on, and bring that back; the width is that of the widest line.</returns>
    public LaidText Lay(ReadOnlySpan<char> text, int width, int room, bool isRight, int maxLines = MaxLines)
    {
        var lines = width * MinScale <= room || maxLines == 1 ? 1 : 2;
        for (; ; lines++)
        {
            var scale = lines == 1 ? Math.Min(1, room / (double)Math.Max(1, width)) : Math.Min(MinScale, Height / (lines * Leading));
            // In steps of a tenth of a point, so that few sizes are made.
            var small = Math.Max(MinSize, (int)(size * scale) / 10 * 10);
            var its = Math.Max(1, (int)(room * (long)size / small));
            _lines.Clear();
            if (lines == 1)
                _lines.Add(At(small).LayLine(text, maxLines == 1 ? int.MaxValue : its));
            else
                At(small).LayLines(text, its, _lines);

            if (lines >= Math.Min(maxLines, MaxLines) || (_lines.Count <= lines && !_lines.Exists(line => line.Flaws.IsTruncated)))
                return Set(small, isRight);
        }
    }

    public void Dispose()
    {
        foreach (var layout in _bySize.Values)
            layout.Dispose();

        _operators.Dispose();
    }

    private TextLayout At(int small)
    {
        if (!_bySize.TryGetValue(small, out var layout))
            _bySize[small] = layout = new TextLayout(fonts, new TextStyle(TextWeight.Regular, small));

        return layout;
    }

    private LaidText Set(int small, bool isRight)
    {
        var leading = (int)(small * Leading);
        var widest = _lines.Max(line => line.Width);
        var (x, y) = (0, 0);
        _operators.Clear();
        Select(small);
        for (var i = 0; i < _lines.Count; i++)
        {
            // The lines stand about the middle of the row's capitals.
            var across = isRight ? (int)((widest - _lines[i].Width) * (long)small / 1000) : 0;
            var up = ((_lines.Count - 1 - (2 * i)) * leading / 2) + (int)(HalfCapitals * (size - small));
            _operators.Points(across - x).Add(" "u8).Points(up - y).Add(" Td "u8).Add(_lines[i].Operators);
            (x, y) = (across, up);
        }

        _operators.Points(-x).Add(" "u8).Points(-y).Add(" Td "u8);
        Select(size);
        var flaws = new TextFlaws(IsSmall: small < size * MinScale);
        foreach (var line in _lines)
            flaws |= line.Flaws;

        return new LaidText(_operators.Written.ToArray(), (int)(widest * (long)small / size), flaws) { IsBlock = true };
    }

    private void Select(int points) =>
        _operators.Add("/F"u8).Add(fonts.Of(TextWeight.Regular).Font.Number).Add(" "u8).Points(points).Add(" Tf "u8);
}
