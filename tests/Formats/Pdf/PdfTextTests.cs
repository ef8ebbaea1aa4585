using ExportFunctions.Datasets;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Formats.Pdf;

public sealed class PdfTextTests
{
    private static readonly DatasetColumn[] NameOnly = [SampleRows.Column("name", "Name", ColumnType.Text, width: 30)];

    [Theory]
    [InlineData("שלום", "NotoSansHebrew")]
    [InlineData("مرحبا", "NotoSansArabic")]
    public async Task Write_LaysTextFromRightToLeft_WithTheShippedFonts(string text, string font)
    {
        var (output, warnings) = await SampleRows.WriteAsync(PdfWriting.Format(), SampleRows.Layout(NameOnly, rowsExpected: 1), [[text]]);

        using var document = PdfDocument.Open(output.ToArray());
        var letters =
            document.GetPage(1).Letters.Where(letter => letter.FontName?.Contains(font, StringComparison.Ordinal) == true).ToList();
        Assert.Empty(warnings);
        Assert.Equal(text.Length, letters.Count);
        if (font == "NotoSansHebrew")
            Assert.Equal(
                string.Concat(text.Reverse()),
                string.Concat(letters.OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value)));
    }

    [Fact]
    public async Task Write_CountsCells_WhenNoFontHasACharacter()
    {
        object?[][] rows = [["𓀀𓀁"], ["Zoë"], ["ဗမာ"], ["a \uE000"]];

        var (_, warnings) = await SampleRows.WriteAsync(PdfWriting.Format(), SampleRows.Layout(NameOnly, rowsExpected: 4), rows);

        var warning = Assert.Single(warnings);
        Assert.Equal(("glyph_missing", 3), (warning.Code, warning.Count));
        Assert.Contains("U+1017, U+1019, U+102C, U+E000, U+13000, U+13001 first of all", warning.Message, StringComparison.Ordinal);
        Assert.Contains("fonts-noto-core", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_EndsTextInAnEllipsisAndCountsIt_WhenItIsTooLong()
    {
        object?[][] rows = [[new string('x', 200)], [new string('ש', 200)], [new string('y', 100_000)], ["fits"]];

        var (output, warnings) = await SampleRows.WriteAsync(PdfWriting.Format(), SampleRows.Layout(NameOnly, rowsExpected: 4), rows);

        var lines = PdfReading.Lines(output.ToArray())[0];
        Assert.Contains(lines, line => line.StartsWith("xxx", StringComparison.Ordinal) && line.EndsWith('…'));
        Assert.Contains(lines, line => line.StartsWith('…') && line.EndsWith('ש'));
        Assert.Contains("fits", lines);
        Assert.Equal(("cell_truncated", 3), (Assert.Single(warnings).Code, Assert.Single(warnings).Count));
    }

    [Theory]
    [InlineData("first\r\nsecond", "first second")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\u0000\u0007b\u200b", "ab")]
    [InlineData("\u2028x", " x")]
    public async Task Write_ShowsOneLine_WhenTextHasBreaksOrControls(string text, string shown)
    {
        var lines = PdfReading.Lines(await PdfWriting.FileAsync(SampleRows.Layout(NameOnly, rowsExpected: 1), [[text]]))[0];

        Assert.Contains(shown, lines);
    }

    [Fact]
    public async Task Write_IsTheSameFile_ForTheSameRowsAndInstant()
    {
        var layout = SampleRows.Layout(rowsExpected: SampleRows.Awkward.Count);

        var first = await PdfWriting.FileAsync(layout, SampleRows.Awkward);
        var second = await PdfWriting.FileAsync(layout, SampleRows.Awkward);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Write_EmbedsOnlyWhatItUses()
    {
        var file = await PdfWriting.FileAsync(SampleRows.Layout(rowsExpected: 100), SampleRows.Ordinary(100));

        Assert.InRange(file.Length, 10_000, 200_000);
    }
}
