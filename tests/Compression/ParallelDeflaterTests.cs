using System.IO.Compression;
using ExportFunctions.Compression;
using ExportFunctions.Tests.Formats;

namespace ExportFunctions.Tests.Compression;

public sealed class ParallelDeflaterTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(70_000, 3)]
    [InlineData(4 * 1024 * 1024, 3)]
    [InlineData(9_000_001, 1)]
    [InlineData(9_000_001, 2)]
    [InlineData(9_000_001, 4)]
    public async Task CompleteAsync_InflatesToTheSameBytes_WhateverTheThreads(int length, int threads)
    {
        var content = Sample(length);

        var (raw, deflater) = await DeflateAsync(content, DeflateFraming.Raw, threads);
        var (gzip, _) = await DeflateAsync(content, DeflateFraming.GzipMember, threads);

        Assert.Equal(content, Inflate(new DeflateStream(new MemoryStream(raw), CompressionMode.Decompress)));
        Assert.Equal(content, Inflate(new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress)));
        Assert.Equal(System.IO.Hashing.Crc32.HashToUInt32(content), deflater.Crc32);
        Assert.Equal(length, deflater.UncompressedBytes);
        Assert.Equal(raw.Length, deflater.CompressedBytes);
    }

    [Fact]
    public async Task CompleteAsync_GivesTheSameBytesEachTime_WhenSeveralThreadsRace()
    {
        var content = Sample(12_000_000);

        var (first, _) = await DeflateAsync(content, DeflateFraming.Raw, threads: 4);
        var (second, _) = await DeflateAsync(content, DeflateFraming.Raw, threads: 2);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task GetSpan_GivesTheRoomAskedFor_WhenItIsMoreThanAChunk()
    {
        var output = new MemoryStream();
        await using var deflater = new ParallelDeflater(DeflateFraming.Raw, 1, threads: 2);

        deflater.Write(new byte[100]);
        var room = deflater.GetSpan(1_000_000).Length;
        deflater.Advance(1_000_000);
        await deflater.CompleteAsync(output, TestContext.Current.CancellationToken);

        Assert.True(room >= 1_000_000);
        Assert.Equal(1_000_100, deflater.UncompressedBytes);
    }

    [Fact]
    public async Task FlushFullChunksAsync_Throws_WhenTheOutputFails()
    {
        await using var deflater = new ParallelDeflater(DeflateFraming.Raw, 1, threads: 2);
        await using var output = new RefusingStream();
        deflater.Write(Sample(8_000_000));

        var fault = await Record.ExceptionAsync(() => deflater.CompleteAsync(output, TestContext.Current.CancellationToken).AsTask());

        Assert.IsType<IOException>(fault);
    }

    [Fact]
    public async Task FlushFullChunksAsync_Stops_WhenCanceled()
    {
        using var canceled = new CancellationTokenSource();
        await using var deflater = new ParallelDeflater(DeflateFraming.Raw, 1, threads: 2);
        deflater.Write(Sample(8_000_000));
        await canceled.CancelAsync();

        var fault = await Record.ExceptionAsync(() => deflater.FlushFullChunksAsync(new MemoryStream(), canceled.Token).AsTask());

        Assert.IsType<OperationCanceledException>(fault, exactMatch: false);
    }

    [Fact]
    public async Task BlockDeflater_GivesBlocksBackInOrder_WhenTheyDifferInSize()
    {
        await using var deflater = new BlockDeflater(DeflateFraming.Zlib, 6, threads: 3);
        var inflated = new List<(long Tag, byte[] Content)>();

        for (var i = 0; i < 40; i++)
        {
            if (deflater.IsFull)
                await TakeAsync();

            var block = deflater.Rent();
            block.Tag = i;
            block.Write(Sample(i % 2 == 0 ? 400_000 : 10 + i));
            deflater.Add(block);
        }

        while (deflater.Count > 0)
            await TakeAsync();

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), inflated.Select(block => block.Tag));
        Assert.All(inflated, block => Assert.Equal(Sample(block.Tag % 2 == 0 ? 400_000 : 10 + (int)block.Tag), block.Content));

        async Task TakeAsync()
        {
            var block = await deflater.NextAsync();
            inflated.Add((block.Tag, Inflate(new ZLibStream(new MemoryStream(block.Compressed.ToArray()), CompressionMode.Decompress))));
            deflater.Return(block);
        }
    }

    private static async Task<(byte[] Output, ParallelDeflater Deflater)> DeflateAsync(byte[] content, DeflateFraming framing, int threads)
    {
        await using var output = new AsyncOnlyStream();
        await using var deflater = new ParallelDeflater(framing, 2, threads);
        foreach (var piece in content.Chunk(50_021))
        {
            deflater.Write(piece);
            if (deflater.HasFullChunk)
                await deflater.FlushFullChunksAsync(output, TestContext.Current.CancellationToken);
        }

        await deflater.CompleteAsync(output, TestContext.Current.CancellationToken);
        return (output.ToArray(), deflater);
    }

    private static byte[] Inflate(Stream stream)
    {
        using var inflated = new MemoryStream();
        stream.CopyTo(inflated);
        stream.Dispose();
        return inflated.ToArray();
    }

    private static byte[] Sample(int length)
    {
        var random = new Random(7);
        var content = new byte[length];
        content.AsSpan().Fill((byte)'a');
        for (var i = 0; i < length; i += 1 + random.Next(60))
            content[i] = (byte)random.Next(256);

        return content;
    }

    private sealed class RefusingStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("No room."));
    }
}
