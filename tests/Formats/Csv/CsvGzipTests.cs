using System.IO.Compression;
using ExportFunctions.Compression;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;

namespace ExportFunctions.Tests.Formats.Csv;

public sealed class CsvGzipTests
{
    private static readonly WriterOptions Gzip = new() { Compression = FileCompression.Gzip };

    [Exhaustive]
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(10, 1)]
    [InlineData(10, 3)]
    [InlineData(120_000, 1)]
    [InlineData(120_000, 2)]
    [InlineData(120_000, 3)]
    public async Task Write_UnpacksToThePlainFile_OnAnyNumberOfThreads(int rows, int threads)
    {
        var (plain, _) = await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(), SampleRows.Ordinary(rows));

        var (packed, _) = await SampleRows.WriteAsync(new CsvFormat(threads), SampleRows.Layout(options: Gzip), SampleRows.Ordinary(rows));

        await using var gzip = new GZipStream(packed.OpenRead(), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await gzip.CopyToAsync(unpacked);
        Assert.Equal([0x1F, 0x8B], packed.ToArray()[..2]);
        Assert.True(plain.ToArray().AsSpan().SequenceEqual(unpacked.ToArray()));
    }

    [Fact]
    public async Task Write_UnpacksToTheSameFile_WhoeverCompresses()
    {
        var fields = await WriteAsync(DeflateEngine.Fields, SampleRows.Ordinary(30_000));
        var zlib = await WriteAsync(DeflateEngine.Zlib, SampleRows.Ordinary(30_000));

        Assert.True(Unpack(fields).AsSpan().SequenceEqual(Unpack(zlib)));
        Assert.True(fields.Length < zlib.Length);
    }

    [Fact]
    public async Task Write_Unpacks_WhenAValueIsLongerThanAChunk()
    {
        object?[][] rows = [.. SampleRows.Ordinary(100).Select(
            (row, i) => (object?[])[i == 50 ? new string('x', 3_000_000) + "=y" : row[0], .. row[1..]])];
        var (plain, _) = await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(), rows);

        var packed = await WriteAsync(DeflateEngine.Fields, rows);

        Assert.True(plain.ToArray().AsSpan().SequenceEqual(Unpack(packed)));
    }

    [Fact]
    public async Task Write_GivesTheSameBytes_EachTime()
    {
        var (first, _) = await SampleRows.WriteAsync(new CsvFormat(1), SampleRows.Layout(options: Gzip), SampleRows.Ordinary(120_000));
        var (second, _) = await SampleRows.WriteAsync(new CsvFormat(3), SampleRows.Layout(options: Gzip), SampleRows.Ordinary(120_000));

        Assert.True(first.ToArray().AsSpan().SequenceEqual(second.ToArray()));
    }

    private static async Task<byte[]> WriteAsync(DeflateEngine engine, IEnumerable<object?[]> rows)
    {
        var (packed, _) =
            await SampleRows.WriteAsync(new CsvFormat(new DeflateSettings(2, engine)), SampleRows.Layout(options: Gzip), rows);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    [Fact]
    public void TypeAndEnding_FollowTheCompression()
    {
        IFileFormat format = new CsvFormat();

        Assert.Equal(
            ("text/csv; charset=utf-8", ".csv"), (format.ContentTypeOf(new WriterOptions()), format.FileExtensionOf(new WriterOptions())));
        Assert.Equal(("application/gzip", ".csv.gz"), (format.ContentTypeOf(Gzip), format.FileExtensionOf(Gzip)));
    }
}
