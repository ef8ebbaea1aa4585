using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Xlsx;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class ExcelWorkbookTests
{
    [Fact]
    public async Task Write_MakesAPresentableSheet()
    {
        DatasetColumn[] columns =
        [
            SampleRows.Column("n", "Name", ColumnType.Text, width: 33),
            SampleRows.Column("c", "Code", ColumnType.Identifier),
            SampleRows.Column("i", "Credits", ColumnType.Integer),
            SampleRows.Column("d", "Average", ColumnType.Decimal, scale: 3),
            SampleRows.Column("f", "Fee", ColumnType.Decimal, scale: 2, format: "#,##0.00 \"€\""),
            SampleRows.Column("b", "Born", ColumnType.Date),
            SampleRows.Column("t", "At", ColumnType.Timestamp),
        ];
        object?[] row = ["Ελένη", "007", 1L, 1.5m, 2.5m, new DateOnly(2026, 1, 1), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)];

        var (bytes, _) = await Workbooks.WriteAsync([row, row], SampleRows.Layout(columns, rowsExpected: 2));

        var book = await OpenPyxl.ReadAsync(bytes);
        var sheet = Assert.Single(book.Sheets);
        Assert.Equal(("Students", "ExportFunctions", "2026-03-14T15:09:26"), (book.Title, book.Creator, book.Created));
        Assert.Equal(("Students", "A2", "A1:G3", true), (sheet.Name, sheet.Frozen, sheet.Filter, sheet.Bold));
        Assert.Equal(["General", "@", "0", "0.000", "#,##0.00 \"€\"", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm:ss"], sheet.Formats);
        Assert.Equal(33, sheet.Widths[0]);
        Assert.All(sheet.Widths, width => Assert.InRange(width, 7, 60));
        Assert.Equal("At (UTC)", sheet.Rows[0][6].Value);
    }

    [Fact]
    public async Task Write_ContinuesOnFurtherSheets_WithTheHeaderRepeated()
    {
        var rows = SampleRows.Ordinary(23).ToList();

        var (bytes, _) = await Workbooks.WriteAsync(rows, SampleRows.Layout(rowsExpected: 23), sheetRows: 11, capacity: 4);

        var book = await OpenPyxl.ReadAsync(bytes);
        Assert.Equal(["Students", "Students (2)", "Students (3)"], book.Sheets.Select(sheet => sheet.Name));
        Assert.Equal([11, 11, 4], book.Sheets.Select(sheet => sheet.Rows.Count));
        Assert.Equal(["A1:G11", "A1:G11", "A1:G4"], book.Sheets.Select(sheet => sheet.Filter));
        Assert.All(book.Sheets, sheet => Assert.Equal("Name", sheet.Rows[0][0].Value));
        Assert.Equal(rows.Select(row => row[0]), book.Sheets.SelectMany(sheet => sheet.Rows.Skip(1)).Select(row => row[0].Value));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    public async Task Write_StartsASheet_OnlyForARowThatNeedsIt(int rows, int sheets)
    {
        var (bytes, _) = await Workbooks.WriteAsync(SampleRows.Ordinary(rows), SampleRows.Layout(rowsExpected: rows), sheetRows: 11);

        Assert.Equal(sheets, (await OpenPyxl.ReadAsync(bytes)).Sheets.Count);
    }

    [Fact]
    public async Task Write_MakesAValidWorkbook_WithoutRows()
    {
        var (bytes, _) = await Workbooks.WriteAsync([]);

        var sheet = Assert.Single((await OpenPyxl.ReadAsync(bytes)).Sheets);
        Assert.Equal("Name", Assert.Single(sheet.Rows)[0].Value);
    }

    [Fact]
    public async Task Write_MakesAValidWorkbook_OfTextColumnsAlone()
    {
        var columns = new[] { SampleRows.Column("x", "=X <&> \"1\"", ColumnType.Text) };

        var (bytes, _) = await Workbooks.WriteAsync([["a"]], SampleRows.Layout(columns, title: "R&D: <2026> 'é' \u0007", rowsExpected: 1));

        var book = await OpenPyxl.ReadAsync(bytes);
        Assert.Equal(("s", "=X <&> \"1\""), (book.Sheets[0].Rows[0][0].Type, book.Sheets[0].Rows[0][0].Value));
        Assert.Equal("R&D  <2026> 'é", book.Sheets[0].Name);
    }

    [Fact]
    public async Task Write_PlacesEveryCell_InTheWidestSheet()
    {
        DatasetColumn[] columns =
            [.. Enumerable.Range(0, XlsxLimits.SheetColumns).Select(i => SampleRows.Column($"c{i}", $"C{i}", ColumnType.Integer))];
        var row = new object?[columns.Length];
        (row[0], row[^1]) = (1L, 2L);

        var (bytes, _) = await Workbooks.WriteAsync([row], SampleRows.Layout(columns, rowsExpected: 1), capacity: 1);

        var cells = (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows[1];
        Assert.Equal((XlsxLimits.SheetColumns, "1", "2"), (cells.Count, cells[0].Value, cells[^1].Value));
    }

    [Fact]
    public void CreateWriter_FailsForGood_WhenThereAreTooManyColumns()
    {
        DatasetColumn[] columns =
            [.. Enumerable.Range(0, XlsxLimits.SheetColumns + 1).Select(i => SampleRows.Column($"c{i}", $"C{i}", ColumnType.Integer))];

        var exception =
            Assert.Throws<ExportFailureException>(() => new ExcelFormat().CreateWriter(new AsyncOnlyStream(), SampleRows.Layout(columns)));

        Assert.Equal(("too_many_columns", FailureKind.Permanent), (exception.Failure.Code, exception.Failure.Kind));
    }

    [Fact]
    public async Task Write_GivesTheSameBytes_ForTheSameRowsAndInstant()
    {
        var (first, _) = await Workbooks.WriteAsync(SampleRows.Ordinary(1000), capacity: 256);
        var (second, _) = await Workbooks.WriteAsync(SampleRows.Ordinary(1000), capacity: 256);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Write_AllocatesNothingPerRow_OnceItsBuffersHaveGrown()
    {
        var batch = new RowBatch([.. SampleRows.Columns.Select(column => column.Type)]);
        foreach (var row in SampleRows.Ordinary(batch.Capacity))
            SampleRows.Add(batch, row);

        await using var writer = new ExcelFormat().CreateWriter(new AsyncOnlyStream(keep: false), SampleRows.Layout());
        await RepeatAsync(writer, batch, 50);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await RepeatAsync(writer, batch, 500);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Less than a byte a row; a debug build allocates some for each batch's asynchronous calls.
        Assert.InRange(allocated, 0, 500 * batch.Capacity);
    }

    [Fact]
    public async Task Write_HandsOnWhatItHas_AfterEveryBatch()
    {
        var output = new AsyncOnlyStream(keep: false);
        await using var writer = new ExcelFormat().CreateWriter(output, SampleRows.Layout());

        foreach (var batch in SampleRows.Batches(SampleRows.Ordinary(20_000)))
            await writer.WriteAsync(batch, CancellationToken.None);

        Assert.InRange(output.BytesWritten, 100_000, long.MaxValue);
        Assert.InRange(output.LargestWrite, 1, 512 * 1024);
    }

    [Fact]
    public async Task Dispose_WritesNothingMore_WhenTheFileIsUnfinished()
    {
        var output = new AsyncOnlyStream();
        var writer = new ExcelFormat().CreateWriter(output, SampleRows.Layout());
        await writer.WriteAsync(SampleRows.Batches(SampleRows.Ordinary(1000)).First(), CancellationToken.None);
        var before = output.BytesWritten;

        await writer.DisposeAsync();

        Assert.Equal(before, output.BytesWritten);
        Assert.False(output.IsDisposed);
        Assert.Equal(-1, output.ToArray().AsSpan().IndexOf("PK\x05\x06"u8));
    }

    [Fact]
    public async Task Write_Throws_AfterTheEndOrACancellation()
    {
        await using var writer = new ExcelFormat().CreateWriter(new AsyncOnlyStream(), SampleRows.Layout());
        var batch = SampleRows.Batches(SampleRows.Ordinary(1)).Single();

        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await writer.WriteAsync(batch, new CancellationToken(canceled: true)));
        await writer.CompleteAsync(CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.WriteAsync(batch, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.CompleteAsync(CancellationToken.None));
    }

    private static async Task RepeatAsync(IRowWriter writer, RowBatch batch, int times)
    {
        for (var i = 0; i < times; i++)
            await writer.WriteAsync(batch, CancellationToken.None);
    }
}
