using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>What a PNG file says about its pixels (ISO/IEC 15948, 11.2.2).</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Depth">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Colour">What samples mean.</param>
/// <param name="IsInterlaced">Whether rows come in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, PngColour Colour, bool IsInterlaced)
{
    /// <summary>Samples of a pixel.</summary>
    public int Channels => Colour switch
    {
        PngColour.Colours => 3,
        PngColour.GreyWithAlpha => 2,
        PngColour.ColoursWithAlpha => 4,
        _ => 1,
    };

    /// <summary>The bytes of some pixels of a row, without its filter.</summary>
    public int RowBytes(int pixels) => ((pixels * Channels * Depth) + 7) / 8;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or the picture too large.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != 13)
            throw new InvalidDataException("its header is damaged");

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(chunk), BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]));
        var (depth, colour) = (chunk[8], (PngColour)chunk[9]);
        var isKnown = (colour, depth) switch
        {
            (PngColour.Grey, 1 or 2 or 4 or 8 or 16) or (PngColour.Palette, 1 or 2 or 4 or 8) => true,
            (PngColour.Colours or PngColour.GreyWithAlpha or PngColour.ColoursWithAlpha, 8 or 16) => true,
            _ => false,
        };
        if (width == 0 || height == 0 || !isKnown || chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
            throw new InvalidDataException("its header is damaged");

        if ((ulong)width * height > PngImage.MaxPixels)
        {
            throw new InvalidDataException(
                $"it has {width} by {height} pixels; {PngImage.MaxPixels} are the most, and 600 by 200 are plenty");
        }

        return new PngHeader((int)width, (int)height, depth, colour, chunk[12] == 1);
    }
}

/// <summary>What the samples of a pixel mean.</summary>
internal enum PngColour
{
    Grey = 0,
    Colours = 2,
    Palette = 3,
    GreyWithAlpha = 4,
    ColoursWithAlpha = 6,
}
