using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Formats.Pdf;

public sealed class PdfPagesTests
{
    [Fact]
    public async Task Write_EveryValueComesBackInItsRow_WhenItFits()
    {
        var athens = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens");
        var rows = SampleRows.Ordinary(300).ToList();

        var pages = PdfReading.Lines(await PdfWriting.FileAsync(SampleRows.Layout(zone: athens, rowsExpected: 300), rows));

        var lines = pages.SelectMany(page => page).ToHashSet();
        Assert.All(rows, row => Assert.Contains(Expected(row, athens), lines));
    }

    [Fact]
    public async Task Write_RepeatsHeaderAndNumbersPages_WhenRowsTakeSeveral()
    {
        var file = await PdfWriting.FileAsync(SampleRows.Layout(rowsExpected: 500), SampleRows.Ordinary(500));

        var pages = PdfReading.Lines(file);

        Assert.InRange(pages.Count, 5, 30);
        Assert.All(pages, page => Assert.Contains(page, line => line.Contains("Credits | Average", StringComparison.Ordinal)));
        Assert.All(pages.Index(), page => Assert.Equal($"Students | Page {page.Index + 1} of {pages.Count}", page.Item[^1]));
    }

    [Fact]
    public async Task Write_TitlesTheFirstPageOnly_WithFilterTimeAndCount()
    {
        var layout = SampleRows.Layout(
            rowsExpected: 200) with
        { FilterInWords = "Active is Yes", TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens") };

        var pages = PdfReading.Lines(await PdfWriting.FileAsync(layout, SampleRows.Ordinary(200)));

        string[] titles =
        [
            "Students",
            "200 records · Created 14 March 2026, 17:09:26 Europe/Athens (UTC+02:00) · Times are in Europe/Athens",
            "Filter: Active is Yes"
        ];
        Assert.Equal(titles, pages[0].Take(3));
        Assert.DoesNotContain(pages[1], line => line.StartsWith("Filter:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_SaysSo_WhenThereAreNoRows()
    {
        var pages = PdfReading.Lines(await PdfWriting.FileAsync(SampleRows.Layout(), []));

        var page = Assert.Single(pages);
        Assert.Contains("No records.", page);
        Assert.EndsWith("Page 1 of 1", page[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_EndsOnTheLastPage_WhenRowsFillItExactly()
    {
        var onFirst =
            PdfReading.Lines(await PdfWriting.FileAsync(SampleRows.Layout(rowsExpected: 200), SampleRows.Ordinary(200)))[0].Count(IsRow);

        var pages = PdfReading.Lines(await PdfWriting.FileAsync(SampleRows.Layout(rowsExpected: onFirst), SampleRows.Ordinary(onFirst)));

        Assert.Equal(onFirst, Assert.Single(pages).Count(IsRow));
    }

    [Fact]
    public async Task Write_ContinuesColumnsOnFurtherPages_WhenTheyDoNotFit()
    {
        DatasetColumn[] columns = [.. Enumerable.Range(1, 60).Select(i => SampleRows.Column($"c{i}", $"Heading{i}", ColumnType.Text))];
        object?[][] rows = [[.. Enumerable.Range(1, 60).Select(i => $"some text {i}")]];

        var pages = PdfReading.Lines(await PdfWriting.FileAsync(SampleRows.Layout(columns, rowsExpected: 1), rows));

        var cells = pages.SelectMany(page => page).SelectMany(line => line.Split(" | ")).ToList();
        Assert.InRange(pages.Count, 2, 10);
        Assert.All(columns, column => Assert.Contains(column.Title, cells));
        Assert.All(rows[0], text => Assert.Contains((string)text!, cells));
        Assert.All(pages, page => Assert.Contains(page, line => line.StartsWith("some text 1 | ", StringComparison.Ordinal)));
        Assert.Contains("of 60", pages[^1][^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PageSize.A4, PageOrientation.Portrait, 595, 842)]
    [InlineData(PageSize.A4, PageOrientation.Landscape, 842, 595)]
    [InlineData(PageSize.Letter, PageOrientation.Portrait, 612, 792)]
    [InlineData(PageSize.Letter, PageOrientation.Landscape, 792, 612)]
    [InlineData(PageSize.A4, PageOrientation.Auto, 595, 842)]
    public async Task Write_UsesThePaperAskedFor(PageSize size, PageOrientation orientation, double width, double height)
    {
        var layout = SampleRows.Layout(options: new WriterOptions { PageSize = size, Orientation = orientation }, rowsExpected: 1);

        using var document = PdfDocument.Open(await PdfWriting.FileAsync(layout, SampleRows.Ordinary(1)));

        var page = document.GetPage(1);
        Assert.Equal((width, height), (Math.Round(page.Width), Math.Round(page.Height)));
    }

    [Fact]
    public async Task Write_TakesPortrait_WhenTheColumnsAreFew()
    {
        DatasetColumn[] columns =
            [SampleRows.Column("code", "Code", ColumnType.Identifier), SampleRows.Column("name", "Name", ColumnType.Text)];

        using var document = PdfDocument.Open(await PdfWriting.FileAsync(SampleRows.Layout(columns, rowsExpected: 1), [["0001", "Ελένη"]]));

        Assert.True(document.GetPage(1).Height > document.GetPage(1).Width);
    }

    [Fact]
    public async Task Write_NamesTitleAndInstant_InTheDocumentsProperties()
    {
        using var document = PdfDocument.Open(await PdfWriting.FileAsync(SampleRows.Layout(title: "Φοιτητές"), []));

        Assert.Equal("Φοιτητές", document.Information.Title);
        Assert.StartsWith("D:20260314150926", document.Information.CreationDate, StringComparison.Ordinal);
    }

    private static bool IsRow(string line) => line.StartsWith("Παπαδοπούλου", StringComparison.Ordinal);

    private static string Expected(object?[] row, TimeZoneInfo zone)
    {
        var shown = row.Where(value => value is not null).Select(value => value switch
        {
            decimal number => number.ToString("0.00", CultureInfo.InvariantCulture),
            bool isTrue => isTrue ? "Yes" : "No",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime instant =>
                TimeZoneInfo.ConvertTimeFromUtc(instant, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        });
        return string.Join(" | ", shown);
    }
}
