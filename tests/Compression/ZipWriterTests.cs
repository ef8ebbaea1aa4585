using System.Diagnostics;
using System.IO.Compression;
using ExportFunctions.Compression;
using ExportFunctions.Tests.Formats;

namespace ExportFunctions.Tests.Compression;

[Integration]
public sealed class ZipWriterTests
{
    private static readonly DateTimeOffset WrittenAt = new(2026, 3, 14, 17, 9, 26, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(uint.MaxValue, false)]
    [InlineData(uint.MaxValue, true)]
    [InlineData(100_000, true)]
    [InlineData(100_000, false)]
    [InlineData(0, true)]
    public async Task CompleteAsync_MakesAZipThatReadersTake_WithAndWithoutZip64(uint zip64From, bool maybeHuge)
    {
        var large = Content(6_000_000);

        var zip = await WriteAsync(large, zip64From, maybeHuge, threads: 2);

        await using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        Assert.Equal(["small.txt", "large.bin", "last.txt"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal("small"u8.ToArray(), await ReadAsync(archive, "small.txt"));
        Assert.Equal(large, await ReadAsync(archive, "large.bin"));
        Assert.Equal(new DateTime(2026, 3, 14, 15, 9, 26, DateTimeKind.Unspecified), archive.Entries[0].LastWriteTime.DateTime);
        Assert.Equal("None", await TestWithPythonAsync(zip));
    }

    [Theory]
    [InlineData(0u, true, 24)]
    [InlineData(uint.MaxValue, true, 24)]
    [InlineData(0u, false, 24)]
    [InlineData(uint.MaxValue, false, 16)]
    public async Task EndEntryAsync_WritesWideSizes_WhereTheHeaderOrTheSizeAsksForThem(uint zip64From, bool maybeHuge, int descriptorBytes)
    {
        var zip = await WriteAsync(Content(1000), zip64From, maybeHuge, threads: 1);

        var descriptor = zip.AsSpan().IndexOf("PK\u0007\u0008"u8);
        var next = descriptor + zip.AsSpan(descriptor).IndexOf("PK\u0003\u0004"u8);

        Assert.Equal(descriptorBytes, next - descriptor);
    }

    [Theory]
    [InlineData(uint.MaxValue, false)]
    [InlineData(uint.MaxValue, true)]
    [InlineData(100_000, true)]
    [InlineData(0, true)]
    public async Task CopyEntryAsync_TakesEntriesAsTheyStand_InAnotherOrder(uint zip64From, bool maybeHuge)
    {
        var large = Content(2_000_000);
        var zip = await WriteAsync(large, zip64From, maybeHuge, threads: 1);
        var (offset, bytes) = ZipDirectory.Locate(zip.AsSpan()[^Math.Min(zip.Length, ZipDirectory.EndBytes)..]);
        var entries = ZipDirectory.Read(zip.AsSpan((int)offset, (int)bytes), offset).Entries;

        var output = new MemoryStream();
        await using (var writer = new ZipWriter(output, WrittenAt, 6, threads: 1) { Zip64From = zip64From })
        {
            foreach (var entry in entries.Reverse().Where(entry => entry.Name is not "small.txt"))
            {
                var name = entry.Name.Length;
                var extra = System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan((int)entry.Offset + 28));
                await writer.CopyEntryAsync(
                    entry,
                    new MemoryStream(zip, (int)entry.Offset + 30 + name + extra, (int)entry.CompressedBytes),
                    CancellationToken.None);
            }

            await writer.CompleteAsync(CancellationToken.None);
        }

        await using var archive = new ZipArchive(new MemoryStream(output.ToArray()), ZipArchiveMode.Read);
        Assert.Equal(["last.txt", "large.bin"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal(large, await ReadAsync(archive, "large.bin"));
        Assert.Equal("None", await TestWithPythonAsync(output.ToArray()));
    }

    [Fact]
    public async Task DisposeAsync_WritesNothing_WhenAnEntryWasNotEnded()
    {
        var output = new AsyncOnlyStream();
        var writer = new ZipWriter(output, WrittenAt, 1, threads: 2);
        var content = await writer.BeginEntryAsync("large.bin", maybeHuge: false, CancellationToken.None);
        content.Write(Content(5_000_000));
        var before = output.BytesWritten;

        await writer.DisposeAsync();

        Assert.Equal(before, output.BytesWritten);
    }

    [Theory]
    [InlineData(uint.MaxValue, false)]
    [InlineData(uint.MaxValue, true)]
    [InlineData(0, true)]
    public async Task WriteStoredAsync_KeepsTheBytesAsTheyAre_BetweenDeflatedEntries(uint zip64From, bool maybeHuge)
    {
        var content = Content(1_000_000);
        var output = new AsyncOnlyStream();
        await using var writer = new ZipWriter(output, WrittenAt, 1, threads: 1) { Zip64From = zip64From };

        await writer.WriteEntryAsync("small.txt", "small"u8.ToArray(), CancellationToken.None);
        await writer.BeginStoredEntryAsync("stored.bin", maybeHuge, CancellationToken.None);
        foreach (var piece in content.Chunk(70_000))
            await writer.WriteStoredAsync(piece, CancellationToken.None);
        await writer.EndEntryAsync(CancellationToken.None);
        await writer.BeginStoredEntryAsync("empty.bin", maybeHuge, CancellationToken.None);
        await writer.EndEntryAsync(CancellationToken.None);
        (await writer.BeginEntryAsync("last.bin", maybeHuge, CancellationToken.None)).Write(content);
        await writer.EndEntryAsync(CancellationToken.None);
        await writer.CompleteAsync(CancellationToken.None);

        var zip = output.ToArray();
        await using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        Assert.Equal(content.Length, archive.GetEntry("stored.bin")!.CompressedLength);
        Assert.Equal(content, await ReadAsync(archive, "stored.bin"));
        Assert.Empty(await ReadAsync(archive, "empty.bin"));
        Assert.Equal(content, await ReadAsync(archive, "last.bin"));
        Assert.Equal("None", await TestWithPythonAsync(zip));
    }

    [Fact]
    public async Task BeginStoredEntryAsync_Refuses_WhileAnotherEntryIsOpen()
    {
        await using var writer = new ZipWriter(new AsyncOnlyStream(), WrittenAt, 1, threads: 1);
        await writer.BeginStoredEntryAsync("first.bin", maybeHuge: false, CancellationToken.None);

        var deflated =
            await Record.ExceptionAsync(async () => await writer.BeginEntryAsync("second.bin", maybeHuge: false, CancellationToken.None));
        var stored = await Record.ExceptionAsync(
            async () => await writer.BeginStoredEntryAsync("second.bin", maybeHuge: false, CancellationToken.None));

        Assert.IsType<InvalidOperationException>(deflated);
        Assert.IsType<InvalidOperationException>(stored);
    }

    private static async Task<byte[]> WriteAsync(byte[] large, uint zip64From, bool maybeHuge, int threads)
    {
        var output = new AsyncOnlyStream();
        await using var writer = new ZipWriter(output, WrittenAt, 2, threads) { Zip64From = zip64From };
        await writer.WriteEntryAsync("small.txt", "small"u8.ToArray(), CancellationToken.None);
        var content = await writer.BeginEntryAsync("large.bin", maybeHuge, CancellationToken.None);
        foreach (var piece in large.Chunk(100_000))
        {
            content.Write(piece);
            await content.FlushFullChunksAsync(output, CancellationToken.None);
        }

        await writer.EndEntryAsync(CancellationToken.None);
        await writer.WriteEntryAsync("last.txt", "last"u8.ToArray(), CancellationToken.None);
        await writer.CompleteAsync(CancellationToken.None);
        return output.ToArray();
    }

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content.AsSpan(0, Math.Min(length, 300_000)));
        return content;
    }

    private static async Task<byte[]> ReadAsync(ZipArchive archive, string name)
    {
        await using var entry = await archive.GetEntry(name)!.OpenAsync();
        using var content = new MemoryStream();
        await entry.CopyToAsync(content);
        return content.ToArray();
    }

    // Python's zipfile reads every entry and checks its size and CRC; it comes with the readers of the formats.
    private static async Task<string> TestWithPythonAsync(byte[] zip)
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "CI needs python3.");
            Assert.Skip("python3 is not installed.");
        }

        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.zip");
        await File.WriteAllBytesAsync(path, zip);
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(
                    Python,
                    ["-c", "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())", path])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true
                })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return output.Trim();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
