using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Formats.Pdf.Direct;

public sealed class WrappingTests
{
    private static readonly WriterOptions Wrap = new() { Overflow = CellOverflow.Wrap };

    private static readonly DatasetColumn[] Columns =
        [SampleRows.Column("code", "Code", ColumnType.Identifier, width: 8), SampleRows.Column(
            "note", "Note", ColumnType.Text, width: 30), SampleRows.Column("sum", "Sum", ColumnType.Decimal, scale: 2)];

    [Fact]
    public async Task Write_ShowsEveryWord_OfLongTexts()
    {
        var words = Enumerable.Range(0, 300).Select(i => $"word{i}").ToArray();
        var (output, warnings) = await SampleRows.WriteAsync(
            PdfWriting.Format(),
            SampleRows.Layout(Columns, Wrap, rowsExpected: 2),
            [["1", string.Join(' ', words), 1.5m], ["2", "short", 2m]]);

        using var document = PdfDocument.Open(output.ToArray());
        var found = PdfReading.Lines(output.ToArray()).SelectMany(page => page).SelectMany(line => line.Split(' ')).ToHashSet();
        Assert.Empty(warnings);
        Assert.Superset(words.ToHashSet(), found);
        Assert.Contains("short", found);
    }

    [Fact]
    public async Task Write_GoesOnOverPages_WhenOneTextIsHuge()
    {
        var text = string.Concat(Enumerable.Range(0, 6000).Select(i => (char)('a' + (i % 26))));
        var (output, warnings) = await SampleRows.WriteAsync(
            PdfWriting.Format(),
            SampleRows.Layout(Columns, Wrap, rowsExpected: 3),
            [["1", "before", 1m], ["2", text, 2m], ["3", "after", 3m]]);

        var pages = PdfReading.Lines(output.ToArray());
        Assert.Empty(warnings);
        Assert.InRange(pages.Count, 2, 20);
        Assert.Contains(pages[^1], line => line.StartsWith("3 | after", StringComparison.Ordinal));
        Assert.All(
            pages.Index(), page => Assert.EndsWith($"Page {page.Index + 1} of {pages.Count}", page.Item[^1], StringComparison.Ordinal));
        Assert.Equal(6000, pages.SelectMany(page => page).Where(line => line.Length > 20).SelectMany(line => line.Split(" | ")).Where(
            cell => cell.Length > 15 && cell.All(char.IsAsciiLetterLower)).Sum(cell => cell.Length) + Remainder(pages));
    }

    [Fact]
    public async Task Write_BreaksLines_WhereTheTextDoes()
    {
        var lines = PdfReading.Lines(
            await PdfWriting.FileAsync(SampleRows.Layout(Columns, Wrap, rowsExpected: 1), [["1", "first\r\nsecond\n\nfourth", 1m]]))[0];

        Assert.Contains("1 | first | 1.00", lines);
        Assert.Contains("second", lines);
        Assert.Contains("fourth", lines);
    }

    [Fact]
    public async Task Write_CountsTheCell_WhenATextIsLongerThanAnyPageNeeds()
    {
        var (_, warnings) = await SampleRows.WriteAsync(
            PdfWriting.Format(),
            SampleRows.Layout(Columns, Wrap, rowsExpected: 1),
            [["1", string.Concat(Enumerable.Repeat("many words ", 8000)), 1m]]);

        Assert.Equal(("cell_truncated", 1), (Assert.Single(warnings).Code, Assert.Single(warnings).Count));
    }

    // The last part of the long text may be as short as any word.
    private static int Remainder(List<List<string>> pages) =>
        pages.SelectMany(
            page => page).Where(line => line.Length is > 0 and <= 20 && line.All(char.IsAsciiLetterLower)).Sum(line => line.Length);
}
