using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Xlsx;
using ExportFunctions.Problems;
using MiniExcelLibs;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class ExcelOptionsTests
{
    [Fact]
    public async Task Write_MakesATableOnEverySheet_WhenAsked()
    {
        var layout = SampleRows.Layout(options: new WriterOptions { Table = true }, rowsExpected: 15);

        var (bytes, _) = await Workbooks.WriteAsync(SampleRows.Ordinary(15), layout, sheetRows: 11);

        var book = await OpenPyxl.ReadAsync(bytes);
        Assert.Equal(
            [("Table1", "A1:G11"), ("Table2", "A1:G6")],
            book.Sheets.Select(sheet => Assert.Single(sheet.Tables)).Select(table => (table.Name, table.Range)));
        Assert.All(book.Sheets, sheet => Assert.Equal(sheet.Rows[0].Select(cell => cell.Value), sheet.Tables[0].Columns));
        Assert.All(book.Sheets, sheet => Assert.Null(sheet.Filter));
    }

    [Fact]
    public async Task Write_GivesATableAnEmptyRow_WhenThereAreNone()
    {
        var (bytes, _) = await Workbooks.WriteAsync([], SampleRows.Layout(options: new WriterOptions { Table = true }));

        Assert.Equal("A1:G2", Assert.Single(Assert.Single((await OpenPyxl.ReadAsync(bytes)).Sheets).Tables).Range);
    }

    [Fact]
    public async Task Write_NamesEveryColumnOfATableDifferently()
    {
        string[] titles = ["Name", "name", "NAME 2", "name", "", " ", "line\nbreak", "_x0041_", new string('a', 300), new string('a', 300)];
        DatasetColumn[] columns = [.. titles.Select((title, i) => SampleRows.Column($"c{i}", title, ColumnType.Integer))];

        var (bytes, _) = await Workbooks.WriteAsync([], SampleRows.Layout(columns, new WriterOptions { Table = true }));

        var sheet = Assert.Single((await OpenPyxl.ReadAsync(bytes)).Sheets);
        var read = sheet.Rows[0].Select(cell => cell.Value!).ToList();
        Assert.Equal(["Name", "name 2", "NAME 2 2", "name 3", "Column5", "Column6", "line break"], read.Take(7));
        Assert.Equal(titles.Length, read.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(read, name => Assert.InRange(name.Length, 1, 255));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_LaysSheetsOutFromRightToLeft_WhenAsked(bool rightToLeft)
    {
        var (bytes, _) = await Workbooks.WriteAsync(
            SampleRows.Ordinary(3), SampleRows.Layout(options: new WriterOptions { RightToLeft = rightToLeft }), sheetRows: 3);

        Assert.All((await OpenPyxl.ReadAsync(bytes)).Sheets, sheet => Assert.Equal(rightToLeft, sheet.RightToLeft));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_IsReadColumnByColumnInMiniExcel(bool references)
    {
        var rows = SampleRows.Ordinary(20).ToList();
        rows[3][0] = null;

        var (bytes, _) = await Workbooks.WriteAsync(
            rows, SampleRows.Layout(options: new WriterOptions { CellReferences = references }, rowsExpected: 20));

        using var stream = new MemoryStream(bytes);
        var read = stream.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(rows.Select(row => row[0]), read.Select(row => row["Name"]));
        Assert.Equal(rows.Select(row => row[1]), read.Select(row => row["Student number"]));
        Assert.Equal(rows.Select(row => (object)(double)(long)row[2]!), read.Select(row => row["Credits"]!));
        Assert.Equal(rows.Select(row => row[4]), read.Select(row => row["Active"]));
    }

    [Fact]
    public void Check_NamesTheField_WhenThereAreNoColumnsOrTooMany()
    {
        DatasetColumn[] many =
            [.. Enumerable.Range(0, XlsxLimits.SheetColumns + 1).Select(i => SampleRows.Column($"c{i}", "C", ColumnType.Integer))];
        var (none, wide) = (new FieldErrors(), new FieldErrors());

        new ExcelFormat().Check([], new WriterOptions { Table = true }, none);
        new ExcelFormat().Check(many, new WriterOptions(), wide);

        Assert.Contains("options.table", Assert.Single(none.ByField["columns"]), StringComparison.Ordinal);
        Assert.Contains("16,384", Assert.Single(wide.ByField["columns"]), StringComparison.Ordinal);
    }
}
