using ExportFunctions.Datasets;
using ExportFunctions.Formats.Pdf.Text;
using QuestPDF.Fluent;
using QuestPDF.Helpers;
using QuestPDF.Infrastructure;
using Sheet = QuestPDF.Helpers.PageSize;

namespace ExportFunctions.Formats.Pdf.QuestPdf;

/// <summary>One document built with QuestPDF, with the same look as the other engine's.</summary>
/// <param name="layout">What the file looks like.</param>
/// <param name="rows">The cells as text.</param>
/// <param name="families">The font families, the first one first.</param>
internal sealed class QuestPdfDocument(FileLayout layout, IReadOnlyList<QuestPdfCell[]> rows, string[] families)
{
    private const float FontSize = 8;
    private const float Margin = 36;

    // About the width of a character, in points, and the bounds of a column's weight, in characters.
    private const float CharacterWidth = 4.6f;
    private const int MinCharacters = 5;
    private const int MaxCharacters = 40;
    private const int RowsMeasured = 1000;

    private const string Ink = "#1F232B";
    private const string Heading = "#1B2A41";
    private const string Muted = "#555F6E";
    private const string HeaderFill = "#E4EAF2";
    private const string Zebra = "#F5F7FA";
    private const string White = "#FFFFFF";

    private readonly PageWords _words = PageWords.Of(layout.Options);

    /// <summary>Describes the document; QuestPDF lays it out when it is generated.</summary>
    public Document Make()
    {
        var widths = Widths();
        var document = Document.Create(container => container.Page(page =>
        {
            page.Size(PaperFor(widths));
            page.Margin(Margin);
            page.ContentFromLeftToRight();
            page.DefaultTextStyle(style => style.FontFamily(families).FontSize(FontSize).FontColor(Ink));
            page.Content().Column(column =>
            {
                Title(column);
                column.Item().Table(table => Table(table, widths));
            });
            page.Footer().PaddingTop(8).Row(row =>
            {
                row.RelativeItem().Text(layout.Title).FontColor(Muted).ClampLines(1);
                row.RelativeItem().AlignRight().Text(text =>
                {
                    text.DefaultTextStyle(style => style.FontColor(Muted));
                    text.Span(Before(_words.Page));
                    text.CurrentPageNumber();
                    text.Span(Before(_words.Total));
                    text.TotalPages();
                });
            });
        }));

        return document.WithMetadata(new DocumentMetadata
        {
            Title = layout.Title,
            Subject = layout.FilterInWords,
            Creator = "ExportFunctions",
            CreationDate = layout.CreatedAt,
            ModifiedDate = layout.CreatedAt,
        });
    }

    // QuestPDF writes the numbers itself, behind the words.
    private static string Before(string pattern) => pattern.Replace("{0}", "", StringComparison.Ordinal);

    private void Title(ColumnDescriptor column)
    {
        column.Item().Text(layout.Title).FontSize(16).Bold().FontColor(Heading);
        column.Item().Text(TitleFacts.Of(layout)).FontColor(Muted);
        if (layout.FilterInWords is { Length: > 0 } filter)
            column.Item().Text(PageWords.Say(_words.Filter, filter)).FontColor(Muted).ClampLines(6);

        column.Item().PaddingBottom(8);
    }

    private void Table(TableDescriptor table, float[] widths)
    {
        table.ColumnsDefinition(columns =>
        {
            foreach (var width in widths)
                columns.RelativeColumn(width);
        });
        table.Header(header =>
        {
            foreach (var column in layout.Columns)
                Cell(header.Cell(), column, HeaderFill).Text(layout.HeadingOf(column)).Bold().FontColor(Heading).ClampLines(2);
        });
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < layout.Columns.Count; column++)
                Show(Cell(table.Cell(), layout.Columns[column], row % 2 == 0 ? White : Zebra), rows[row][column]);
        }

        if (rows.Count == 0)
            table.Cell().ColumnSpan((uint)layout.Columns.Count).Padding(4).Text(_words.NoRecords).FontColor(Muted);
    }

    private static void Show(IContainer container, QuestPdfCell cell)
    {
        var text = container.Text(cell.Text).ClampLines(1);
        if (cell.Color is { } color)
            text.FontColor(Color.FromRGB(color.Red, color.Green, color.Blue));
    }

    private static IContainer Cell(IContainer cell, DatasetColumn column, string fill)
    {
        var padded = cell.Background(fill).PaddingVertical(2.5f).PaddingHorizontal(4);
        return CellText.IsRightAligned(column.Type) ? padded.AlignRight() : padded;
    }

    private float[] Widths()
    {
        var widths = new float[layout.Columns.Count];
        for (var column = 0; column < widths.Length; column++)
        {
            var characters = Math.Max(MinCharacters, layout.HeadingOf(layout.Columns[column]).Length / 2);
            foreach (var row in rows.Take(RowsMeasured))
                characters = Math.Max(characters, row[column].Text.Length);

            widths[column] = (float)(layout.Columns[column].Width ?? Math.Min(characters, MaxCharacters));
        }

        return widths;
    }

    private Sheet PaperFor(float[] widths)
    {
        var portrait = layout.Options.PageSize == Formats.PageSize.Letter ? PageSizes.Letter : PageSizes.A4;
        var isWide = widths.Sum(width => (width * CharacterWidth) + 8) > portrait.Width - (2 * Margin);
        return layout.Options.Orientation switch
        {
            PageOrientation.Portrait => portrait,
            PageOrientation.Landscape => portrait.Landscape(),
            _ => isWide ? portrait.Landscape() : portrait,
        };
    }
}
