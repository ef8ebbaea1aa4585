using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Tests.Formats.Slices;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace ExportFunctions.Tests.Formats.Pdf.Text;

public sealed class NumberFormatPagesTests
{
    private static readonly DatasetColumn[] Columns =
    [
        SampleRows.Column("name", "Name", ColumnType.Text, width: 20),
        SampleRows.Column("balance", "Balance", ColumnType.Decimal, 2, format: "#,##0.00;[Red]-#,##0.00"),
        SampleRows.Column("share", "Share", ColumnType.Decimal, 4, format: "0.0%"),
        SampleRows.Column("since", "Since", ColumnType.Date, format: "d mmmm yyyy"),
        SampleRows.Column("seen", "Seen", ColumnType.Timestamp, format: "dd/mm/yyyy hh:mm"),
    ];

    private static readonly object?[][] Rows =
    [
        ["Ελένη", 12456.94m, 0.25m, new DateOnly(
            2026, 3, 4), new DateTime(2026, 6, 30, 20, 59, 59, DateTimeKind.Utc).AddTicks(9_999_999)],
        ["مرحبا", -12456.94m, -0.001m, new DateOnly(1999, 12, 31), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)],
        ["Zoë", 0m, 1m, null, null],
    ];

    public static TheoryData<WriterOptions> Settings =>
    [
        new WriterOptions(),
        new WriterOptions { Overflow = CellOverflow.Wrap },
        new WriterOptions { Tagged = true },
        new WriterOptions { Tagged = true, Overflow = CellOverflow.Wrap }
    ];

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public async Task Write_HonoursNumberFormats_AndShowsNegativesInRed(WriterOptions options)
    {
        var file = await PdfWriting.FileAsync(Layout(options), Rows);

        AssertPage(file);
    }

    [Theory]
    [InlineData(CellOverflow.Ellipsis)]
    [InlineData(CellOverflow.Wrap)]
    public async Task Write_HonoursNumberFormats_InSlices(CellOverflow overflow)
    {
        var (file, _) = await SlicedFiles.WriteAsync(
            PdfWriting.Format(), Layout(new WriterOptions { Overflow = overflow }), [[Rows[0]], [Rows[1], Rows[2]]]);

        using var document = PdfDocument.Open(file);
        var red = document.GetPages().SelectMany(page => page.Letters).Where(IsRed);
        Assert.Equal("-12,456.94", string.Concat(red.Select(letter => letter.Value)));
    }

    [Theory]
    [InlineData(CellOverflow.Ellipsis, "Europe/Athens", 3155378975999999999, "31/12/9999 23:59", 1)]
    [InlineData(CellOverflow.Wrap, "Europe/Athens", 3155378975999999999, "31/12/9999 23:59", 1)]
    [InlineData(CellOverflow.Ellipsis, "America/New_York", 0, "01/01/0001 00:00", 1)]
    [InlineData(CellOverflow.Ellipsis, "UTC", 3155378975999999999, "31/12/9999 23:59", 0)]
    public async Task Write_ShowsTheLastMomentThereIs_AndCountsIt_WhenTheZoneGoesBeyond(
        CellOverflow overflow, string zone, long ticks, string expected, int warned)
    {
        var layout = SampleRows.Layout(
            [Columns[^1]], new WriterOptions { Overflow = overflow }, TimeZoneInfo.FindSystemTimeZoneById(zone), rowsExpected: 1);

        var (output, warnings) = await SampleRows.WriteAsync(PdfWriting.Format(), layout, [[new DateTime(ticks, DateTimeKind.Utc)]]);

        Assert.Contains(expected, PdfReading.Lines(output.ToArray())[0]);
        Assert.Equal(warned, warnings.Count(warning => warning is { Code: "date_capped", Count: 1 }));
    }

    [Fact]
    public async Task Write_SpeaksGreek_WhenTheLanguageIsGreek()
    {
        var layout =
            Layout(new WriterOptions { Language = PageLanguage.El }) with { FilterInWords = "Balance είναι τουλάχιστον 5" };

        var file = await PdfWriting.FileAsync(layout, Rows);

        var lines = PdfReading.Lines(file)[0];
        Assert.Contains(
            "3 εγγραφές · Δημιουργήθηκε 14 Μαρτίου 2026, 17:09:26 Europe/Athens (UTC+02:00) · Ώρες στη ζώνη Europe/Athens", lines);
        Assert.Contains("Φίλτρο: Balance είναι τουλάχιστον 5", lines);
        Assert.Contains(
            lines, line => line.Contains("12.456,94 | 25,0% | 4 Μαρτίου 2026 | 30/06/2026 23:59", StringComparison.Ordinal));
        Assert.EndsWith("Σελίδα 1 από 1", lines[^1], StringComparison.Ordinal);
        Assert.Contains("/Lang(el)", System.Text.Encoding.Latin1.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_SpeaksGreekInSlices()
    {
        var (file, _) = await SlicedFiles.WriteAsync(
            PdfWriting.Format(), Layout(new WriterOptions { Language = PageLanguage.El }), [[Rows[0]], [Rows[1], Rows[2]]]);

        var pages = PdfReading.Lines(file);
        Assert.EndsWith("Σελίδα 1 από 2", pages[0][^1], StringComparison.Ordinal);
        Assert.Contains(pages[0], line => line.StartsWith("3 εγγραφές", StringComparison.Ordinal));
    }

    private static FileLayout Layout(WriterOptions options) =>
        SampleRows.Layout(Columns, options, TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens"), Rows.Length);

    private static void AssertPage(byte[] file)
    {
        var lines = PdfReading.Lines(file)[0];
        Assert.Contains("Ελένη | 12,456.94 | 25.0% | 4 March 2026 | 30/06/2026 23:59", lines);
        Assert.Contains(lines, line => line.EndsWith("-12,456.94 | -0.1% | 31 December 1999 | 01/01/2026 02:00", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("(Europe/Athens)", StringComparison.Ordinal));
        using var document = PdfDocument.Open(file);
        var letters = document.GetPage(1).Letters;
        Assert.Equal("-12,456.94", string.Concat(letters.Where(IsRed).Select(letter => letter.Value)));
    }

    private static bool IsRed(Letter letter)
    {
        var (red, green, blue) = letter.Color.ToRGBValues();
        return red > 0.5 && green < 0.2 && blue < 0.2;
    }
}
