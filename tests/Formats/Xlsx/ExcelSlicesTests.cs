using ExportFunctions.Formats;
using ExportFunctions.Formats.Xlsx;
using ExportFunctions.Tests.Formats.Slices;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class ExcelSlicesTests
{
    private static readonly List<object?[]> Rows = [.. SampleRows.Ordinary(100)];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Slices_AreSheetsOfOneWorkbook(int threads)
    {
        var bytes = await WriteAsync(new WriterOptions(), threads, Rows[..40], Rows[40..70], Rows[70..]);

        var book = await OpenPyxl.ReadAsync(bytes);
        Assert.Equal(["Students", "Students (2)", "Students (3)"], book.Sheets.Select(sheet => sheet.Name));
        Assert.Equal(["A1:G41", "A1:G31", "A1:G31"], book.Sheets.Select(sheet => sheet.Filter));
        Assert.All(book.Sheets, sheet => Assert.True(sheet.Bold));
        Assert.Equal(Rows.Select(row => row[0]), NamesIn(book));
    }

    [Fact]
    public async Task Slices_GoOnOnAFurtherSheet_WhenTheyFillOne()
    {
        var bytes = await WriteAsync(new WriterOptions { Table = true }, threads: 1, Rows[..60], Rows[60..]);

        var book = await OpenPyxl.ReadAsync(bytes);
        Assert.Equal(
            [("Table1", "A1:G51"), ("Table2", "A1:G11"), ("Table3", "A1:G41")],
            book.Sheets.Select(sheet => Assert.Single(sheet.Tables)).Select(table => (table.Name, table.Range)));
        Assert.Equal(Rows.Select(row => row[0]), NamesIn(book));
    }

    [Fact]
    public async Task Slices_WithoutRows_HaveNoSheet()
    {
        var some = await OpenPyxl.ReadAsync(await WriteAsync(new WriterOptions(), threads: 1, [], Rows[..7], [], Rows[7..9]));
        var none = await OpenPyxl.ReadAsync(await WriteAsync(new WriterOptions { Table = true }, threads: 1, [], []));

        Assert.Equal([8, 3], some.Sheets.Select(sheet => sheet.Rows.Count));
        Assert.Equal("A1:G2", Assert.Single(Assert.Single(none.Sheets).Tables).Range);
    }

    [Fact]
    public async Task Slices_KeepEveryCell_AndCountWhatTheyCut()
    {
        var awkward = SampleRows.Awkward.ToList();
        object?[] tooLong = [new string('x', XlsxLimits.CellText + 1), .. Rows[0].Skip(1)];
        var whole = await Workbooks.WriteAsync(awkward);

        var sliced = await OpenPyxl.ReadAsync(await WriteAsync(new WriterOptions(), threads: 1, awkward[..20], awkward[20..]));
        var (_, warnings) = await SlicedFiles.WriteAsync(new ExcelFormat(), SampleRows.Layout(), [[tooLong], [tooLong, tooLong]]);

        Assert.Equal(
            (await OpenPyxl.ReadAsync(whole.Bytes)).Sheets[0].Rows.Skip(1).SelectMany(row => row),
            sliced.Sheets.SelectMany(sheet => sheet.Rows.Skip(1)).SelectMany(row => row));
        Assert.Equal([1L, 2L], warnings.Where(warning => warning.Code == "cell_truncated").Select(warning => warning.Count));
    }

    private static async Task<byte[]> WriteAsync(WriterOptions options, int threads, params IReadOnlyList<IReadOnlyList<object?[]>> slices)
    {
        var (bytes, _) = await SlicedFiles.WriteAsync(new ExcelFormat(sheetRows: 51, threads), SampleRows.Layout(options: options), slices);
        Assert.Equal([], Workbooks.FaultsOf(bytes));
        return bytes;
    }

    private static IEnumerable<string?> NamesIn(OpenPyxl.Book book) =>
        book.Sheets.SelectMany(sheet => sheet.Rows.Skip(1)).Select(row => row[0].Value);
}
