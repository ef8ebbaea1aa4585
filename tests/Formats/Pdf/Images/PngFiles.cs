using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace ExportFunctions.Tests.Formats.Pdf.Images;

/// <summary>Makes PNG files of every kind from random samples, with every filter in turn.</summary>
internal static class PngFiles
{
    private static readonly (int Left, int Top, int Across, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>A picture.</summary>
    /// <param name="colour">0 grey, 2 colours, 3 palette, 4 grey with alpha, 6 colours with alpha.</param>
    public static byte[] Make(
        int width, int height, int colour, int depth, bool isInterlaced = false, bool hasTransparency = false, int seed = 1)
    {
        var random = new Random(seed);
        var channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var bits = channels * depth;
        using var rows = new MemoryStream();
        foreach (var (left, top, across, down) in isInterlaced ? Passes : [(0, 0, 1, 1)])
        {
            var (wide, high) = ((width - left + across - 1) / across, (height - top + down - 1) / down);
            if (wide > 0 && high > 0)
                Filter(Samples(random, high, ((wide * bits) + 7) / 8), Math.Max(1, bits / 8), rows);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colour, isInterlaced ? (byte)1 : (byte)0);
        var palette = colour == 3 ? Samples(random, 1, 3 << depth)[0] : [];
        byte[] transparency =
            !hasTransparency ? [] : colour == 3 ? Samples(random, 1, 1 << (depth - 1))[0] : colour == 0 ? [0, 1] : [0, 1, 0, 2, 0, 3];
        return File(header, palette, transparency, Compress(rows.ToArray()));
    }

    public static byte[] File(byte[] header, byte[] palette, byte[] transparency, byte[] compressed)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", header);
        Chunk(file, "tEXt", "Comment\0made for a test"u8.ToArray());
        if (palette.Length > 0)
            Chunk(file, "PLTE", palette);

        if (transparency.Length > 0)
            Chunk(file, "tRNS", transparency);

        Chunk(file, "IDAT", compressed[..(compressed.Length / 2)]);
        Chunk(file, "IDAT", compressed[(compressed.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[][] Samples(Random random, int rows, int bytes)
    {
        var result = new byte[rows][];
        for (var row = 0; row < rows; row++)
            random.NextBytes(result[row] = new byte[bytes]);

        return result;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var deflate = new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(bytes);

        return target.ToArray();
    }

    private static void Filter(byte[][] rows, int step, MemoryStream target)
    {
        for (var y = 0; y < rows.Length; y++)
        {
            var filter = y % 5;
            target.WriteByte((byte)filter);
            for (var i = 0; i < rows[y].Length; i++)
            {
                int left = i < step ? 0 : rows[y][i - step];
                int above = y == 0 ? 0 : rows[y - 1][i];
                int corner = y == 0 || i < step ? 0 : rows[y - 1][i - step];
                target.WriteByte((byte)(rows[y][i] - filter switch
                {
                    1 => left,
                    2 => above,
                    3 => (
                    left + above) / 2,
                    4 => Paeth(left, above, corner),
                    _ => 0
                }));
            }
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        return new[] { left, above, corner }.MinBy(value => Math.Abs(estimate - value));
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(content));
        file.Write(number);
    }
}
