using System.Text;

namespace ExportFunctions.Tests.Formats.Pdf;

public sealed class PdfWriterTests
{
    [Fact]
    public async Task Dispose_WritesNoTrailer_WhenTheFileIsUnfinished()
    {
        var output = new AsyncOnlyStream();
        await using (var writer = PdfWriting.Format().CreateWriter(output, SampleRows.Layout(rowsExpected: 500)))
        {
            foreach (var batch in SampleRows.Batches(SampleRows.Ordinary(500)))
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

        Assert.InRange(output.Writes, 400, 2000);
        Assert.InRange(output.LargestWrite, 1, 400_000);
    }
}
