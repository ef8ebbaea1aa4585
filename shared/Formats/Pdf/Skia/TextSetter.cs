using System.Globalization;
using ExportFunctions.Formats.Pdf.Text;
using SkiaSharp;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>Sets one line of text into a given width, ending it in an ellipsis where it does not fit.</summary>
/// <param name="fonts">The document's fonts.</param>
internal sealed class TextSetter(FontSet fonts) : IDisposable
{
    private const string Ellipsis = "…";

    // Widths come back from points to ems a little rounded; a hundredth of an em is not seen.
    private const float Slack = 0.01f;

    private readonly TextShaper _shaper = new(fonts);
    private char[] _clean = new char[256];

    /// <summary>The text's width in ems of the style's size.</summary>
    public float Measure(ReadOnlySpan<char> text, TextStyle style)
    {
        var width = style.Plain.Measure(text);
        if (width >= 0)
            return width;

        text = Clean(text);
        width = style.Plain.Measure(text);
        if (width < 0)
            _shaper.Shape(text, style.Face, out width);

        return width;
    }

    /// <summary>Puts a text on the page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="text">The text; line breaks are shown as spaces.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="box">Where it goes: left, width and baseline, in points.</param>
    /// <param name="isRight">Whether it stands at the right end of its box.</param>
    public TextFlaws Set(PageText page, ReadOnlySpan<char> text, TextStyle style, TextBox box, bool isRight = false)
    {
        var ems = (box.Width / style.Size) + Slack;
        var width = style.Plain.Measure(text);
        if (width < 0)
        {
            text = Clean(text);
            width = style.Plain.Measure(text);
            if (width < 0)
                return SetShaped(page, text, style, box, isRight);
        }

        if (width <= ems)
        {
            SetPlain(page, text, style, isRight ? box.Left + box.Width - (width * style.Size) : box.Left, box.Baseline);
            return TextFlaws.None;
        }

        var room = ems - style.Plain.Advance(Ellipsis[0]);
        var fitting = 0;
        while (fitting < text.Length && style.Plain.Advance(text[fitting]) <= room)
            room -= style.Plain.Advance(text[fitting++]);

        var end = SetPlain(page, text[..fitting], style, box.Left, box.Baseline);
        SetPlain(page, Ellipsis, style, end, box.Baseline);
        return TextFlaws.Cut;
    }

    public void Dispose() => _shaper.Dispose();

    // In font units, and whole ones: a glyph that stands exactly where the one before ends needs no position in the file.
    private static float SetPlain(PageText page, ReadOnlySpan<char> text, TextStyle style, float left, float baseline)
    {
        var glyphs = page.Plain(style);
        var unit = style.Size / style.Face.UnitsPerEm;
        var x = MathF.Round(left / unit);
        var y = MathF.Round(baseline / unit);
        foreach (var character in text)
        {
            var glyph = style.Plain.Glyph(character);
            style.Face.Use(glyph);
            glyphs.Add(glyph, x, y);
            x += style.Plain.Units(character);
        }

        return x * unit;
    }

    private TextFlaws SetShaped(PageText page, ReadOnlySpan<char> text, TextStyle style, TextBox box, bool isRight)
    {
        var ems = (box.Width / style.Size) + Slack;
        var runs = _shaper.Shape(text, style.Face, out var width);
        var flaws = _shaper.IsGlyphMissing ? TextFlaws.GlyphMissing : TextFlaws.None;
        if (width > ems)
        {
            flaws |= TextFlaws.Cut;
            runs = ShapeFitting(text, style, ems, out width);
        }

        var x = isRight ? box.Left + box.Width - (width * style.Size) : box.Left;
        using var builder = new SKTextBlobBuilder();
        foreach (var run in runs)
        {
            AddRun(builder, run, style.Size, x, box.Baseline);
            x += run.Width * style.Size;
        }

        if (builder.Build() is { } blob)
            page.Add(blob, style.Color);

        return flaws;
    }

    // The longest beginning that fits with an ellipsis after it, cut between characters as people see them.
    private IReadOnlyList<ShapedRun> ShapeFitting(ReadOnlySpan<char> text, TextStyle style, float ems, out float width)
    {
        var starts = StringInfo.ParseCombiningCharacters(text.ToString());
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            _shaper.Shape([.. text[..starts[middle]], .. Ellipsis], style.Face, out var tried);
            if (tried <= ems)
                low = middle;
            else
                high = middle - 1;
        }

        return _shaper.Shape([.. text[..starts[low]], .. Ellipsis], style.Face, out width);
    }

    private static void AddRun(SKTextBlobBuilder builder, ShapedRun run, float size, float x, float baseline)
    {
        if (run.Glyphs.Length == 0)
            return;

        var buffer = builder.AllocateRawPositionedTextRun(run.Face.At(size), run.Glyphs.Length, run.Utf8.Length, null);
        run.Glyphs.CopyTo(buffer.Glyphs);
        run.Clusters.CopyTo(buffer.Clusters);
        run.Utf8.CopyTo(buffer.Text);
        for (var i = 0; i < run.Positions.Length; i++)
            buffer.Positions[i] = new SKPoint(x + (run.Positions[i].X * size), baseline + (run.Positions[i].Y * size));

        foreach (var glyph in run.Glyphs)
            run.Face.Use(glyph);
    }

    private ReadOnlySpan<char> Clean(ReadOnlySpan<char> text)
    {
        if (_clean.Length < text.Length)
            _clean = new char[text.Length];

        return _clean.AsSpan(0, Sanitizing.Copy(text, _clean));
    }
}

/// <summary>Where a line of text goes, in points from the page's top left.</summary>
internal readonly record struct TextBox(float Left, float Width, float Baseline);

/// <summary>What could not be shown of a text.</summary>
[Flags]
internal enum TextFlaws
{
    None = 0,

    /// <summary>It ends in an ellipsis.</summary>
    Cut = 1,

    /// <summary>It has characters that no font has.</summary>
    GlyphMissing = 2,
}
