using ExportFunctions.Compression;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Xlsx;

namespace ExportFunctions.Tests.Formats.Xlsx;

public sealed class ExcelThreadsTests
{
    [Fact]
    public async Task Write_GivesTheSameBytes_WhateverTheThreads()
    {
        var layout = SampleRows.Layout(rowsExpected: 50_000);

        var (one, _) = await SampleRows.WriteAsync(new ExcelFormat(30_000, threads: 1), layout, SampleRows.Ordinary(50_000));
        var (four, _) = await SampleRows.WriteAsync(new ExcelFormat(30_000, threads: 4), layout, SampleRows.Ordinary(50_000));

        Assert.Equal(one.ToArray(), four.ToArray());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public async Task Write_GivesTheSameSheets_WhoeverCompresses(int threads, bool references)
    {
        var layout = SampleRows.Layout(rowsExpected: 50_000, options: new WriterOptions { CellReferences = references });

        var (fields, _) =
            await SampleRows.WriteAsync(new ExcelFormat(30_000, new DeflateSettings(threads)), layout, SampleRows.Ordinary(50_000));
        var (zlib, _) = await SampleRows.WriteAsync(
            new ExcelFormat(30_000, new DeflateSettings(threads, DeflateEngine.Zlib)), layout, SampleRows.Ordinary(50_000));

        foreach (var part in new[] { "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml" })
            Assert.Equal(await Workbooks.PartAsync(fields.ToArray(), part), await Workbooks.PartAsync(zlib.ToArray(), part));

        Assert.True(fields.ToArray().Length < zlib.ToArray().Length);
    }

    [Exhaustive]
    [Fact]
    public async Task Write_GivesTheSameBytes_OnSeveralThreads()
    {
        var (first, _) = await Workbooks.WriteAsync(SampleRows.Ordinary(30_000), capacity: 1024, threads: 3);
        var (second, _) = await Workbooks.WriteAsync(SampleRows.Ordinary(30_000), capacity: 1024, threads: 3);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Dispose_LeavesNothingRunning_WhenTheFileIsUnfinished()
    {
        var output = new AsyncOnlyStream(keep: false);
        var writer = new ExcelFormat(threads: 4).CreateWriter(output, SampleRows.Layout());
        foreach (var batch in SampleRows.Batches(SampleRows.Ordinary(40_000)))
            await writer.WriteAsync(batch, CancellationToken.None);

        await writer.DisposeAsync();
        var written = output.BytesWritten;
        await writer.DisposeAsync();

        Assert.Equal(written, output.BytesWritten);
        Assert.False(output.IsDisposed);
    }
}
