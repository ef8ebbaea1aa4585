using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Tests.Formats.Slices;

namespace ExportFunctions.Tests.Formats.Pdf.Direct;

[Integration]
public sealed class SlicedDocumentTests
{
    private static readonly List<object?[]> Rows = [.. SampleRows.Ordinary(2000)];

    [Theory]
    [InlineData(1, CellOverflow.Ellipsis)]
    [InlineData(2, CellOverflow.Ellipsis)]
    [InlineData(2, CellOverflow.Wrap)]
    public async Task OneSlice_LooksLikeTheWholeDocument(int threads, CellOverflow overflow)
    {
        var layout = SampleRows.Layout(rowsExpected: Rows.Count, options: new WriterOptions { Overflow = overflow });

        var whole = PdfReading.Lines(await PdfWriting.FileAsync(layout, Rows));
        var sliced = PdfReading.Lines(await WriteAsync(layout, threads, Rows));

        Assert.Equal(whole, sliced);
    }

    [Theory]
    [InlineData(CellOverflow.Ellipsis)]
    [InlineData(CellOverflow.Wrap)]
    public async Task Slices_AreOneDocument_WithOneCountOfPages(CellOverflow overflow)
    {
        var layout = SampleRows.Layout(
            rowsExpected: Rows.Count, options: new WriterOptions { Overflow = overflow }) with
        { FilterInWords = "Active is Yes" };

        var whole = PdfReading.Lines(await PdfWriting.FileAsync(layout, Rows));
        var sliced = PdfReading.Lines(await WriteAsync(layout, threads: 2, Rows[..700], Rows[700..701], [], Rows[701..]));

        Assert.Equal(whole[0][..3], sliced[0][..3]);
        Assert.InRange(sliced.Count, whole.Count + 1, whole.Count + 3);
        Assert.All(sliced.Index(), page => Assert.Equal($"Students | Page {page.Index + 1} of {sliced.Count}", page.Item[^1]));
        Assert.Equal(whole.SelectMany(RowsOf), sliced.SelectMany(RowsOf));
    }

    [Fact]
    public async Task Slices_HavePagesSideBySide_WhenColumnsDoNotFit()
    {
        DatasetColumn[] columns = [.. Enumerable.Range(0, 60).Select(i => SampleRows.Column(
            FormattableString.Invariant($"c{i}"), FormattableString.Invariant($"Column {i}"), ColumnType.Text, width: 20))];
        var rows = Enumerable.Range(0, 200).Select(
            row => columns.Select((_, i) => (object?)FormattableString.Invariant($"r{row}c{i}")).ToArray()).ToList();
        var layout = SampleRows.Layout(columns, rowsExpected: rows.Count);

        var whole = PdfReading.Lines(
            await PdfWriting.FileAsync(layout, rows)).SelectMany(page => page).SelectMany(CellsOf).Order(StringComparer.Ordinal);
        var pages = PdfReading.Lines(await WriteAsync(layout, threads: 1, rows[..90], rows[90..]));

        Assert.Equal(whole.Distinct(), pages.SelectMany(page => page).SelectMany(CellsOf).Order(StringComparer.Ordinal).Distinct());
        Assert.All(
            pages.Index(), page => Assert.EndsWith($"Page {page.Index + 1} of {pages.Count}", page.Item[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slices_WithoutRows_AreTheEmptyDocument()
    {
        var layout = SampleRows.Layout();

        var whole = PdfReading.Lines(await PdfWriting.FileAsync(layout, []));
        var sliced = PdfReading.Lines(await WriteAsync(layout, threads: 1, [], [], []));

        Assert.Equal(whole, sliced);
    }

    [Fact]
    public async Task Slices_HaveTheFontsTheyNeed()
    {
        var rows = SampleRows.Awkward.ToList();
        var layout = SampleRows.Layout(rowsExpected: rows.Count, title: "Φοιτητές — שלום");

        var whole = PdfReading.Lines(await PdfWriting.FileAsync(layout, rows));
        var sliced = PdfReading.Lines(await WriteAsync(layout, threads: 1, rows[..10], rows[10..20], rows[20..]));

        Assert.Equal(whole[0][..2], sliced[0][..2]);
        Assert.Equal(whole.SelectMany(RowsOf).Where(line => line.Length > 0), sliced.SelectMany(RowsOf).Where(line => line.Length > 0));
    }

    [Fact]
    public async Task Slices_TakeNumbersEnough_ForARowOverHundredsOfPages()
    {
        var (layout, row) = LongRow();

        var pages = PdfReading.Lines(await WriteAsync(layout, threads: 1, [row], [row]));

        Assert.InRange(pages.Count, 200, 5000);
        Assert.EndsWith($"Page {pages.Count} of {pages.Count}", pages[^1][^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_LieWhereTheTableSays_WhenItHasSeveralSections()
    {
        var (layout, row) = LongRow();
        var rows = Enumerable.Repeat(row, 20).ToArray();

        var file = await WriteAsync(layout, threads: 4, rows, rows, rows);

        Assert.InRange(SectionsOf(file), 2, 3);
    }

    [Fact]
    public async Task Objects_LieWhereTheTableSays_InOnePieceWithTagsAsWell()
    {
        var layout = SampleRows.Layout(rowsExpected: 20_000, options: new WriterOptions { Tagged = true });

        var file = await PdfWriting.FileAsync(layout, SampleRows.Ordinary(20_000));

        Assert.InRange(SectionsOf(file), 2, 10);
        await CheckAsync(file);
    }

    [Fact]
    public void CanSlice_IsFalse_WhenTheFileIsTagged()
    {
        Assert.True(PdfWriting.Format().CanSlice(new WriterOptions()));
        Assert.False(PdfWriting.Format().CanSlice(new WriterOptions { Tagged = true }));
    }

    // A row that takes hundreds of pages, side by side and one after the other.
    private static (FileLayout Layout, object?[] Row) LongRow()
    {
        DatasetColumn[] columns =
        [
            SampleRows.Column("a", "A", ColumnType.Text, width: 1),
            .. Enumerable.Range(0, 12).Select(i => SampleRows.Column(FormattableString.Invariant($"c{i}"), "C", ColumnType.Text, width: 40))
        ];
        object?[] row = [.. columns.Select((_, i) => (object?)(i == 0 ? string.Join(' ', Enumerable.Repeat("x", 20_000)) : "y"))];
        return (SampleRows.Layout(columns, new WriterOptions { Overflow = CellOverflow.Wrap }, rowsExpected: 2), row);
    }

    private static int SectionsOf(byte[] file) => Encoding.Latin1.GetString(file).Split("/Type/XRef").Length - 1;

    private static async Task<byte[]> WriteAsync(FileLayout layout, int threads, params IReadOnlyList<IReadOnlyList<object?[]>> slices)
    {
        var (file, _) = await SlicedFiles.WriteAsync(PdfWriting.Format(threads), layout, slices, capacity: 1024);
        await CheckAsync(file);
        return file;
    }

    private static async Task CheckAsync(byte[] file)
    {
        var (exitCode, output) = await ForeignProgram.RunAsync("qpdf", "--check", file);
        Assert.True(exitCode == 0, output);
    }

    private static IEnumerable<string> RowsOf(List<string> page) =>
        page.Where(line => line != "Student" && !line.Contains("Page ", StringComparison.Ordinal) && !line.Contains(
            "Credits | Average", StringComparison.Ordinal) && !line.Contains("records · Created", StringComparison.Ordinal));

    private static IEnumerable<string> CellsOf(string line) => line.Split(" | ").Where(cell => cell.StartsWith('r'));
}
