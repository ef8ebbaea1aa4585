using System.IO.Compression;
using ExportFunctions.Compression;
using ExportFunctions.Tests.Formats;

namespace ExportFunctions.Tests.Compression;

public sealed class ZipDirectoryTests
{
    private static readonly DateTimeOffset WrittenAt = new(2026, 3, 14, 17, 9, 26, TimeSpan.Zero);

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(1000)]
    [InlineData(0)]
    public async Task Read_GivesTheEntriesOfTheWriter_WithAndWithoutZip64(uint zip64From)
    {
        var output = new AsyncOnlyStream();
        await using var writer = new ZipWriter(output, WrittenAt, 6, threads: 1) { Zip64From = zip64From };
        await WriteAsync(writer, 5);
        await writer.CompleteAsync(CancellationToken.None);

        var directory = Read(output.ToArray());

        Assert.Equal(
            writer.Entries.Select(entry => (
                entry.Name, entry.Offset, entry.IsStored, entry.Time, entry.Crc32, entry.CompressedBytes, entry.UncompressedBytes)),
            directory.Entries.Select(entry => (
                entry.Name, entry.Offset, entry.IsStored, entry.Time, entry.Crc32, entry.CompressedBytes, entry.UncompressedBytes)));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0)]
    public async Task Resume_AddsEntriesBehindThoseThereAre(uint zip64From)
    {
        var first = new AsyncOnlyStream();
        await using (var writer = new ZipWriter(first, WrittenAt, 6, threads: 1) { Zip64From = zip64From })
        {
            await WriteAsync(writer, 3);
            await writer.CompleteAsync(CancellationToken.None);
        }

        var directory = Read(first.ToArray());
        var second = new AsyncOnlyStream();
        await using (var writer = new ZipWriter(second, WrittenAt.AddHours(1), 6, threads: 1) { Zip64From = zip64From })
        {
            writer.Resume(directory);
            await writer.WriteEntryAsync("later.txt", "later"u8.ToArray(), CancellationToken.None);
            await writer.BeginStoredEntryAsync("dropped.bin", maybeHuge: false, CancellationToken.None);
            await writer.WriteStoredAsync(new byte[100], CancellationToken.None);
            await writer.DropEntryAsync(CancellationToken.None);
            await writer.WriteStoredEntryAsync("last.bin", new byte[] { 1, 2, 3 }, CancellationToken.None);
            await writer.CompleteAsync(CancellationToken.None);
        }

        var whole = first.ToArray().AsSpan(0, (int)directory.Offset).ToArray().Concat(second.ToArray()).ToArray();
        await using var zip = new ZipArchive(new MemoryStream(whole), ZipArchiveMode.Read);
        Assert.Equal(["0.txt", "1.bin", "2.txt", "later.txt", "last.bin"], zip.Entries.Select(entry => entry.FullName));
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using (var content = await entry.OpenAsync(TestContext.Current.CancellationToken))
                await content.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Assert.Equal(entry.Length, bytes.Length);
        }

        Assert.Equal(WrittenAt.DateTime, zip.Entries[0].LastWriteTime.DateTime);
        Assert.Equal(WrittenAt.AddHours(1).DateTime, zip.Entries[3].LastWriteTime.DateTime);
    }

    [Fact]
    public void Locate_Refuses_WhatIsNoZipFile()
    {
        Assert.Throws<InvalidDataException>(() => ZipDirectory.Locate("<Error>no such blob</Error> and more"u8));
        Assert.Throws<InvalidDataException>(() => ZipDirectory.Locate([]));
    }

    [Fact]
    public async Task Read_Refuses_ADirectoryThatIsCutOff()
    {
        var output = new AsyncOnlyStream();
        await using var writer = new ZipWriter(output, WrittenAt, 6, threads: 1);
        await WriteAsync(writer, 1);
        await writer.CompleteAsync(CancellationToken.None);
        var zip = output.ToArray();
        var (offset, bytes) = ZipDirectory.Locate(zip.AsSpan(Math.Max(0, zip.Length - ZipDirectory.EndBytes)));

        Assert.Throws<InvalidDataException>(() => ZipDirectory.Read(zip.AsSpan((int)offset, (int)bytes - 2), offset));
    }

    private static async Task WriteAsync(ZipWriter writer, int entries)
    {
        for (var entry = 0; entry < entries; entry++)
        {
            if (entry % 2 == 0)
            {
                await writer.WriteEntryAsync(
                    $"{entry}.txt", System.Text.Encoding.ASCII.GetBytes(new string('x', 100 * entry)), CancellationToken.None);
                continue;
            }

            await writer.BeginStoredEntryAsync($"{entry}.bin", maybeHuge: false, CancellationToken.None);
            await writer.WriteStoredAsync(new byte[1000 * entry], CancellationToken.None);
            await writer.EndEntryAsync(CancellationToken.None);
        }
    }

    private static ZipDirectory Read(byte[] zip)
    {
        var (offset, bytes) = ZipDirectory.Locate(zip.AsSpan(Math.Max(0, zip.Length - ZipDirectory.EndBytes)));
        return ZipDirectory.Read(zip.AsSpan((int)offset, (int)bytes), offset);
    }
}
