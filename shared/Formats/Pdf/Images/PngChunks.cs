using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>The chunks of a PNG file that its pixels need (ISO/IEC 15948, 5.3); others are passed over.</summary>
/// <param name="Header">What it says about its pixels.</param>
/// <param name="Palette">Red, green and blue of each colour; empty without a palette.</param>
/// <param name="Transparency">The palette's alpha, or the one colour that is transparent; empty when nothing is.</param>
/// <param name="Compressed">The rows, in zlib's format.</param>
internal sealed record PngChunks(PngHeader Header, byte[] Palette, byte[] Transparency, byte[] Compressed)
{
    private const int Overhead = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Finds them.</summary>
    /// <exception cref="InvalidDataException">The bytes are no PNG file, or damaged.</exception>
    public static PngChunks Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            throw new InvalidDataException("it is not a PNG file");

        if (file.Length > PngImage.MaxBytes)
            throw new InvalidDataException($"it has more than {PngImage.MaxBytes} bytes");

        PngHeader? header = null;
        byte[] palette = [];
        byte[] transparency = [];
        using var compressed = new MemoryStream();
        for (var rest = file[Signature.Length..]; ;)
        {
            var (type, data) = Next(ref rest);
            if (header is null != type is "IHDR")
                throw new InvalidDataException("its header is not at its beginning");

            switch (type)
            {
                case "IHDR":
                    header = PngHeader.Read(data);
                    break;
                case "PLTE":
                    palette = data.Length is > 0 and <= 768 && data.Length % 3 == 0
                        ? data
                        : throw new InvalidDataException("its palette is damaged");
                    break;
                case "tRNS":
                    transparency = data;
                    break;
                case "IDAT":
                    compressed.Write(data);
                    break;
                case "IEND":
                    return new PngChunks(header!.Value, palette, transparency, compressed.ToArray());
                default:
                    // Capitals mean that the picture can't be shown without.
                    if (char.IsAsciiLetterUpper(type[0]))
                        throw new InvalidDataException($"it has a part {type} that is not known here");

                    break;
            }
        }
    }

    // Length, type, data and their checksum.
    private static (string Type, byte[] Data) Next(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < Overhead || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - Overhead)
            throw new InvalidDataException("it is cut short");

        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        if (Crc32.HashToUInt32(rest.Slice(4, length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(rest[(length + 8)..]))
            throw new InvalidDataException("a checksum in it is wrong");

        var chunk = (Encoding.Latin1.GetString(rest.Slice(4, 4)), rest.Slice(8, length).ToArray());
        rest = rest[(length + Overhead)..];
        return chunk;
    }
}
