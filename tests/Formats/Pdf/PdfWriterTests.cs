using System.Text;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Formats.Pdf;

public sealed class PdfWriterTests
{
    [Fact]
    public async Task Dispose_WritesNoTrailer_WhenTheFileIsUnfinished()
    {
        var output = new AsyncOnlyStream();
        await using (var writer = PdfWriting.Format().CreateWriter(output, SampleRows.Layout(rowsExpected: 5000)))
        {
            foreach (var batch in SampleRows.Batches(SampleRows.Ordinary(5000)))
                await writer.WriteAsync(batch, CancellationToken.None);
        }

        var written = Encoding.Latin1.GetString(output.ToArray());
        Assert.NotEmpty(written);
        Assert.DoesNotContain("%%EOF", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateWriter_WritesNothing_UntilThereAreRows()
    {
        var output = new AsyncOnlyStream();

        await using (PdfWriting.Format().CreateWriter(output, SampleRows.Layout()))
        {
        }

        Assert.Equal(0, output.BytesWritten);
        Assert.False(output.IsDisposed);
    }

    [Fact]
    public async Task WriteAndComplete_Throw_WhenCanceled()
    {
        await using var writer = PdfWriting.Format().CreateWriter(new AsyncOnlyStream(), SampleRows.Layout(rowsExpected: 10));
        var batch = SampleRows.Batches(SampleRows.Ordinary(10)).Single();
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.WriteAsync(batch, canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.CompleteAsync(canceled));
    }

    [Fact]
    public async Task Write_HandsPagesOnAsTheyFill_SoThatNothingGathers()
    {
        var layout = SampleRows.Layout(rowsExpected: 20_000);

        var (output, _) = await SampleRows.WriteAsync(PdfWriting.Format(), layout, SampleRows.Ordinary(20_000), keep: false);

        Assert.InRange(output.Writes, 10, 500);
        Assert.InRange(output.LargestWrite, 1, 400_000);
    }

    [Exhaustive]
    [Fact]
    public async Task Write_GivesTheSameBytes_OnSeveralThreads()
    {
        var layout = SampleRows.Layout(rowsExpected: 20_000) with { Options = new WriterOptions { Tagged = true } };

        var serial = await PdfWriting.FileAsync(layout, SampleRows.Ordinary(20_000), PdfWriting.Format(threads: 1));
        var parallel = await PdfWriting.FileAsync(layout, SampleRows.Ordinary(20_000), PdfWriting.Format(threads: 4));

        Assert.Equal(serial, parallel);
    }

    [Fact]
    public async Task Write_NumbersPagesRightly_WhenTheRowsExpectedWereWrong()
    {
        var file = await PdfWriting.FileAsync(SampleRows.Layout(rowsExpected: 5), SampleRows.Ordinary(400));

        var pages = PdfReading.Lines(file);

        Assert.All(
            pages.Index(), page => Assert.EndsWith($"Page {page.Index + 1} of {pages.Count}", page.Item[^1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0, "columns")]
    public void Check_NamesTheField_WhenThereAreNoColumns(int columns, params string[] fields)
    {
        var errors = new FieldErrors();

        PdfWriting.Format().Check(
            [.. SampleRows.Columns.Take(columns)], new WriterOptions { Tagged = true, Overflow = CellOverflow.Wrap }, errors);

        Assert.Equal(fields, errors.ByField.Keys);
    }

    [Fact]
    public void RefuseDirectOptions_NamesThem_ForAnotherEngine()
    {
        var errors = new FieldErrors();

        PdfEngines.RefuseDirectOptions(new WriterOptions { Tagged = true, Overflow = CellOverflow.Wrap }, errors);

        Assert.Equal(["options.overflow", "options.tagged"], errors.ByField.Keys);
    }

    [Fact]
    public void CreateWriter_Refuses_WhenATaggedFileWouldHaveTooManyCells()
    {
        var layout = SampleRows.Layout(options: new WriterOptions { Tagged = true }, rowsExpected: 300_000);

        var exception = Assert.Throws<ExportFailureException>(() => PdfWriting.Format().CreateWriter(new AsyncOnlyStream(), layout));

        Assert.Equal(("pdf_too_large", FailureKind.Permanent), (exception.Failure.Code, exception.Failure.Kind));
    }
}
