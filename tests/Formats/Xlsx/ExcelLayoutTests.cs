using ExportFunctions.Datasets;
using ExportFunctions.Formats;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class ExcelLayoutTests
{
    [Theory]
    [InlineData("Semester", 12.4)]
    [InlineData("Εξάμηνο φοίτησης", 20)]
    [InlineData("WWWWWWWW", 18)]
    [InlineData("学期", 8.2)]
    public async Task Write_MakesColumnsWideEnough_ForTheirHeadingsAndTheFilter(string title, double least)
    {
        DatasetColumn[] columns =
            [SampleRows.Column("a", title, ColumnType.Integer), SampleRows.Column("b", title, ColumnType.Integer, width: 5)];

        var (bytes, _) = await Workbooks.WriteAsync([[1L, 1L]], SampleRows.Layout(columns, rowsExpected: 1));

        Assert.All((await OpenPyxl.ReadAsync(bytes)).Sheets[0].Widths, width => Assert.InRange(width, least, least + 5));
    }

    [Fact]
    public async Task Write_WrapsTextsWithLineBreaks_InRowsHighEnough()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text), SampleRows.Column("c", "C", ColumnType.Identifier) };
        object?[][] rows =
        [
            ["one", "1"],
            ["one\ntwo\nthree", "1"],
            ["=a\r\nb", "1"],
            ["one", "1\n2"],
            [new string('a', 10), null],
            [string.Concat(Enumerable.Repeat("x\n", 100)), null]
        ];

        var (bytes, _) = await Workbooks.WriteAsync(rows, SampleRows.Layout(columns, rowsExpected: 6));

        var xml = await Workbooks.PartAsync(bytes, "xl/worksheets/sheet1.xml");
        Assert.Equal(["<row r=\"1\">", "<row r=\"2\">", "<row r=\"3\" ht=\"45\">", "<row r=\"4\" ht=\"30\">", "<row r=\"5\" ht=\"30\">", "<row r=\"6\">", "<row r=\"7\" ht=\"405\">"], RowTags(xml));
        Assert.Contains("<c r=\"A3\" s=\"8\" t=\"inlineStr\">", xml, StringComparison.Ordinal);
        Assert.Contains("<c r=\"A4\" s=\"9\" t=\"inlineStr\">", xml, StringComparison.Ordinal);
        Assert.Contains("<c r=\"B5\" s=\"10\" t=\"inlineStr\">", xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "ht=\"30\"")]
    [InlineData(100_001, "")]
    public async Task Write_WrapsLongTexts_WhereRowsAreFew(int rowsExpected, string height)
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };
        object?[][] rows = [["short"], [new string('a', 100)], [new string('b', 5000)], ["short"]];

        var (output, _) = await SampleRows.WriteAsync(
            new ExportFunctions.Formats.Xlsx.ExcelFormat(), SampleRows.Layout(columns, rowsExpected: rowsExpected), rows);

        var xml = await Workbooks.PartAsync(output.ToArray(), "xl/worksheets/sheet1.xml");
        Assert.Equal(
            ["<row r=\"2\">", $"<row r=\"3\" {height}>".Replace(" >", ">", StringComparison.Ordinal), "<row r=\"4\">"],
            RowTags(xml).Skip(1).Take(3));
        Assert.Contains("width=\"61.5\"", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_MakesAllPartsWithoutPrefixes_AsReadersTakeForGranted()
    {
        var (bytes, _) = await Workbooks.WriteAsync(
            SampleRows.Ordinary(3), SampleRows.Layout(options: new WriterOptions { Table = true }, rowsExpected: 3));

        foreach (var part in (
            string[])["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml", "docProps/app.xml"])
            Assert.DoesNotMatch("<[a-z]+:", await Workbooks.PartAsync(bytes, part));

        Assert.Contains("<workbookPr/>", await Workbooks.PartAsync(bytes, "xl/workbook.xml"), StringComparison.Ordinal);
        Assert.Contains(
            "<dimension ref=\"A1:G4\"/>", await Workbooks.PartAsync(bytes, "xl/worksheets/sheet1.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ShowsCellsAtTheTop_BesideTextsOfSeveralLines()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text), SampleRows.Column("t", "T", ColumnType.Time) };

        var (bytes, _) = await Workbooks.WriteAsync([["one", new TimeOnly(1, 2, 3, 4)]], SampleRows.Layout(columns, rowsExpected: 1));

        var styles = await Workbooks.PartAsync(bytes, "xl/styles.xml");
        Assert.Matches("<cellStyleXfs count=\"1\"><xf [^>]*><alignment vertical=\"top\"/></xf></cellStyleXfs>", styles);
        Assert.InRange((await OpenPyxl.ReadAsync(bytes)).Sheets[0].Widths[1], 12, 16);
    }

    private static IEnumerable<string> RowTags(string xml) =>
        xml.Split("<row").Skip(1).Select(row => "<row" + row[..(row.IndexOf('>', StringComparison.Ordinal) + 1)]);
}
