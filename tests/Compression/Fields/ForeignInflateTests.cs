using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Hashing;
using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Tests.Compression.Fields;

/// <summary>Others than .NET's zlib read what is compressed by places: Python's zlib, and 7-Zip's own inflate.</summary>
[Integration]
public sealed class ForeignInflateTests
{
    private const int Streams = 400;

    // Of the rows' bytes and of the streams', one after the other, each with its length before it.
    private const string Script = """
        import sys, zlib, struct
        data = open(sys.argv[1], 'rb').read()
        at, read = 0, 0
        while at < len(data):
            n, crc = struct.unpack('<II', data[at:at + 8]); at += 8
            inflater = zlib.decompressobj(-15)
            back = inflater.decompress(data[at:at + n]); at += n
            assert inflater.eof and inflater.unused_data == b'', read
            assert zlib.crc32(back) == crc, read
            read += 1
        print(read)
        """;

    [Fact]
    public async Task PythonsZlib_ReadsAllStreams()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("deflate").FullName, "streams");
        await using (var output = File.Create(file))
        {
            for (var seed = 10_000; seed < 10_000 + Streams; seed++)
            {
                var (chunk, deflated) = Deflate(seed);
                var head = new byte[8];
                BinaryPrimitives.WriteInt32LittleEndian(head, deflated.Length);
                BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), Crc32.HashToUInt32(chunk.Content));
                await output.WriteAsync(head);
                await output.WriteAsync(deflated);
            }
        }

        var said = await RunAsync("python3", ["-c", Script, file]);

        Assert.Equal(Streams, int.Parse(said, System.Globalization.CultureInfo.InvariantCulture));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task SevenZip_ReadsAllStreams()
    {
        var tool = new[] { "/usr/bin/7z", "/usr/bin/7zr", "/usr/bin/7za" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(tool is null, "7-Zip is not installed: apt-get install p7zip-full.");
        var folder = Directory.CreateTempSubdirectory("deflate").FullName;
        var members = new MemoryStream();
        for (var seed = 20_000; seed < 20_000 + Streams; seed++)
        {
            var (chunk, deflated) = Deflate(seed);
            members.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, .. deflated]);
            var end = new byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(end, Crc32.HashToUInt32(chunk.Content));
            BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(4), chunk.Content.Length);
            members.Write(end);
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, "streams.gz"), members.ToArray());

        var said = await RunAsync(tool!, ["t", Path.Combine(folder, "streams.gz")]);

        Assert.Contains("Everything is Ok", said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static (RandomChunk Chunk, byte[] Deflated) Deflate(int seed)
    {
        var chunk = RandomChunks.Make(seed);
        using var encoder = new FieldEncoder(chunk.Shape);
        return (chunk, [.. encoder.Encode(chunk.Buffer, chunk.Places, learned: null, out _), 3, 0]);
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(
            program, arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return said;
    }
}
