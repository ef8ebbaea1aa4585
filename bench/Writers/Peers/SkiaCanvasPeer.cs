using System.Globalization;
using ExportFunctions.Bench.Rows;
using ExportFunctions.Formats.Pdf;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// SkiaSharp's PDF canvas, laid out by hand: A4 landscape, the header on each page, zebra rows, page n of m; fixed column widths, per
/// cell one <c>DrawText</c> of text formatted for it, nothing measured. Fonts and paints are made once.
/// </summary>
/// <param name="rows">The rows, gone through again and again.</param>
/// <param name="font">The resource name of the font, one that our writer ships.</param>
/// <param name="shaped">Whether names are shaped by SkiaSharp.HarfBuzz, as scripts that join need.</param>
internal sealed class SkiaCanvasPeer(PersonRow[] rows, string font, bool shaped) : IDisposable
{
    private const float Width = 842;
    private const float Height = 595;
    private const float Margin = 36;
    private const float RowHeight = 14;
    private const int RowsPerPage = 35;

    private static readonly float[] Lefts = [0, 62, 128, 230, 340, 530, 600, 640, 720];

    private readonly SKTypeface _plain = Load("NotoSans-Regular.ttf");
    private readonly SKTypeface _names = Load(font);

    public Task WriteAsync(Stream output, long count)
    {
        using var document = SKDocument.CreatePdf(output);
        using var pen = new Pen(_plain, _names);
        var pages = (count + RowsPerPage - 1) / RowsPerPage;
        using var next = PersonRows.Cycle(rows, count).GetEnumerator();
        for (var page = 1; page <= pages; page++)
        {
            var canvas = document.BeginPage(Width, Height);
            DrawFrame(canvas, pen, page, pages);
            for (var line = 0; line < RowsPerPage && next.MoveNext(); line++)
                DrawRow(canvas, pen, next.Current, line);

            document.EndPage();
        }

        document.Close();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _plain.Dispose();
        _names.Dispose();
    }

    private static void DrawFrame(SKCanvas canvas, Pen pen, int page, long pages)
    {
        canvas.DrawRect(Margin, Margin, Width - (2 * Margin), RowHeight, pen.Zebra);
        for (var column = 0; column < Lefts.Length; column++)
            canvas.DrawText(PersonRow.Titles[column], Margin + Lefts[column], Margin + 10, SKTextAlign.Left, pen.Plain, pen.Ink);

        canvas.DrawText(
            string.Create(CultureInfo.InvariantCulture, $"{page} / {pages}"),
            Width - Margin,
            Height - 20,
            SKTextAlign.Right,
            pen.Plain,
            pen.Ink);
    }

    private void DrawRow(SKCanvas canvas, Pen pen, PersonRow row, int line)
    {
        var y = Margin + ((line + 1) * RowHeight);
        if (line % 2 == 1)
            canvas.DrawRect(Margin, y, Width - (2 * Margin), RowHeight, pen.Zebra);

        y += 10;
        Draw(0, row.Id.ToString(CultureInfo.InvariantCulture));
        Draw(1, row.StudentNumber);
        DrawName(2, row.FirstName);
        DrawName(3, row.LastName);
        Draw(4, row.Email);
        Draw(5, row.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Draw(6, row.Year.ToString(CultureInfo.InvariantCulture));
        Draw(7, row.Balance.ToString("N2", CultureInfo.InvariantCulture));
        Draw(8, row.IsActive ? "yes" : "no");

        void Draw(int column, string text) => canvas.DrawText(text, Margin + Lefts[column], y, SKTextAlign.Left, pen.Plain, pen.Ink);

        void DrawName(int column, string text)
        {
            if (shaped)
                canvas.DrawShapedText(pen.Shaper, text, Margin + Lefts[column], y, SKTextAlign.Left, pen.Names, pen.Ink);
            else
                canvas.DrawText(text, Margin + Lefts[column], y, SKTextAlign.Left, pen.Names, pen.Ink);
        }
    }

    private static SKTypeface Load(string resource)
    {
        using var stream = typeof(PdfOptions).Assembly.GetManifestResourceStream(resource)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }

    private sealed class Pen(SKTypeface plain, SKTypeface names) : IDisposable
    {
        public SKFont Plain { get; } = new(plain, 8) { Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true };

        public SKFont Names { get; } = new(names, 8) { Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true };

        public SKShaper Shaper { get; } = new(names);

        public SKPaint Ink { get; } = new() { Color = SKColors.Black, IsAntialias = true };

        public SKPaint Zebra { get; } = new() { Color = new SKColor(0xEE, 0xF2, 0xF7) };

        public void Dispose()
        {
            Plain.Dispose();
            Names.Dispose();
            Shaper.Dispose();
            Ink.Dispose();
            Zebra.Dispose();
        }
    }
}
