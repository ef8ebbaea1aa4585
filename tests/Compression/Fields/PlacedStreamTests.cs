using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExportFunctions.Compression;
using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Tests.Compression.Fields;

public sealed class PlacedStreamTests
{
    private static readonly FieldShape TwoColumns = new(columns: 2);

    [Fact]
    public async Task CompleteAsync_GivesTheSameBytes_OnAnyNumberOfThreads()
    {
        // 40 chunks: more than are on their way at once, with values that change so much that some codes don't fit.
        var one = await DeflateAsync(threads: 1, rows: 440_000);
        var two = await DeflateAsync(threads: 2, rows: 440_000);
        var most = await DeflateAsync(threads: TableHistory.Lag, rows: 440_000);

        Assert.True(one.AsSpan().SequenceEqual(two));
        Assert.True(one.AsSpan().SequenceEqual(most));
        Assert.True(Rows(440_000).AsSpan().SequenceEqual(Inflate(one)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task FlushFullChunksAsync_WritesNothingMore_WhenItIsCanceledInTheMiddle(int threads)
    {
        using var output = new MemoryStream();
        using var canceled = new CancellationTokenSource();
        await using (var deflater = new ParallelDeflater(DeflateFraming.Raw, 2, threads, TwoColumns))
        {
            Add(deflater, 0, 40_000);
            await deflater.FlushFullChunksAsync(output, TestContext.Current.CancellationToken);
            Add(deflater, 40_000, 80_000);
            await canceled.CancelAsync();
            var before = output.Length;

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deflater.FlushFullChunksAsync(output, canceled.Token).AsTask());

            Assert.Equal(before, output.Length);
        }

        Assert.False(output.ToArray().AsSpan().EndsWith((ReadOnlySpan<byte>)[3, 0]), "A stream that was broken off has no end.");
    }

    [Fact]
    public async Task CompleteAsync_LeavesAChunkThatIsTooLargeToZlib()
    {
        var content = new byte[FieldEncoder.MaxChunkBytes + 1];
        content.AsSpan().Fill((byte)'x');
        using var output = new MemoryStream();
        await using var deflater = new ParallelDeflater(DeflateFraming.Raw, 1, threads: 1, TwoColumns);

        content.CopyTo(deflater.GetSpan(content.Length));
        deflater.Chunk.Places!.Note(column: 0, start: 0, end: 5);
        deflater.Advance(content.Length);
        deflater.EndRow();
        await deflater.FlushFullChunksAsync(output, TestContext.Current.CancellationToken);
        Add(deflater, 0, 100);
        await deflater.CompleteAsync(output, TestContext.Current.CancellationToken);

        var inflated = Inflate(output.ToArray());
        Assert.True(content.AsSpan().SequenceEqual(inflated.AsSpan(0, content.Length)));
        Assert.True(Rows(100).AsSpan().SequenceEqual(inflated.AsSpan(content.Length)));
    }

    private static async Task<byte[]> DeflateAsync(int threads, int rows)
    {
        using var output = new MemoryStream();
        await using var deflater = new ParallelDeflater(DeflateFraming.Raw, 2, threads, TwoColumns);
        for (var row = 0; row < rows; row += 1000)
        {
            Add(deflater, row, row + 1000);
            await deflater.FlushFullChunksAsync(output, TestContext.Current.CancellationToken);
        }

        await deflater.CompleteAsync(output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private static byte[] Rows(int count) => [.. Enumerable.Range(0, count).SelectMany(row => Row(row, out _))];

    private static void Add(ParallelDeflater deflater, int from, int to)
    {
        for (var row = from; row < to; row++)
        {
            var bytes = Row(row, out var comma);
            bytes.CopyTo(deflater.GetSpan(bytes.Length));
            deflater.Chunk.Places!.Note(column: 0, deflater.Chunk.Length, deflater.Chunk.Length + comma);
            deflater.Chunk.Places!.Note(column: 1, deflater.Chunk.Length + comma + 1, deflater.Chunk.Length + bytes.Length - 1);
            deflater.Advance(bytes.Length);
            deflater.EndRow();
        }
    }

    // From time to time the alphabet changes.
    private static byte[] Row(int row, out int comma)
    {
        var id = row.ToString(CultureInfo.InvariantCulture);
        comma = id.Length;
        var random = new Random(row);
        var first = (char)('!' + (row / 60_000 * 7));
        return Encoding.ASCII.GetBytes($"{id},{string.Create(16, random, (text, source) => Fill(text, source, first))}\n");
    }

    private static void Fill(Span<char> text, Random random, char first)
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = (char)(first + random.Next(20));
    }

    private static byte[] Inflate(byte[] deflated)
    {
        using var inflated = new MemoryStream();
        using var stream = new DeflateStream(new MemoryStream(deflated), CompressionMode.Decompress);
        stream.CopyTo(inflated);
        return inflated.ToArray();
    }
}
