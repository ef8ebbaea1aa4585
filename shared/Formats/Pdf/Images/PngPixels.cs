using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>Turns the samples of a PNG file into eight bits each, with an alpha channel by itself.</summary>
/// <param name="header">What the samples are.</param>
/// <param name="palette">The colours of a palette.</param>
/// <param name="transparency">What is transparent.</param>
internal sealed class PngPixels(PngHeader header, byte[] palette, byte[] transparency)
{
    private readonly bool _isGrey = header.Colour is PngColour.Grey or PngColour.GreyWithAlpha;
    private readonly int _colours = header.Colour is PngColour.Colours or PngColour.ColoursWithAlpha ? 3 : 1;

    /// <summary>Converts all of them.</summary>
    /// <param name="rows">The rows, one after another.</param>
    /// <exception cref="InvalidDataException">A pixel has a colour that the palette lacks.</exception>
    public PngImage Convert(byte[] rows)
    {
        var samples = new byte[header.Width * header.Height * (_isGrey ? 1 : 3)];
        var alpha = new byte[header.Width * header.Height];
        Span<int> pixel = stackalloc int[4];
        for (var y = 0; y < header.Height; y++)
        {
            var row = rows.AsSpan(y * header.RowBytes(header.Width));
            for (var x = 0; x < header.Width; x++)
            {
                for (var channel = 0; channel < header.Channels; channel++)
                    pixel[channel] = Sample(row, (x * header.Channels) + channel);

                var place = (y * header.Width) + x;
                alpha[place] = Colour(pixel, samples.AsSpan(place * (_isGrey ? 1 : 3)));
            }
        }

        return new PngImage(header.Width, header.Height, samples, _isGrey, alpha.AsSpan().ContainsAnyExcept((byte)255) ? alpha : null);
    }

    private int Sample(ReadOnlySpan<byte> row, int index) => header.Depth switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(index * 2)..]),
        8 => row[index],
        var bits => (row[index * bits / 8] >> (8 - bits - (index * bits % 8))) & ((1 << bits) - 1),
    };

    // Gives the pixel's alpha.
    private byte Colour(ReadOnlySpan<int> pixel, Span<byte> target)
    {
        if (header.Colour == PngColour.Palette)
        {
            if ((pixel[0] * 3) + 3 > palette.Length)
                throw new InvalidDataException("a pixel has a colour that its palette lacks");

            palette.AsSpan(pixel[0] * 3, 3).CopyTo(target);
            return pixel[0] < transparency.Length ? transparency[pixel[0]] : (byte)255;
        }

        for (var channel = 0; channel < _colours; channel++)
            target[channel] = Eight(pixel[channel]);

        if (header.Channels > _colours)
            return Eight(pixel[_colours]);

        return IsTransparent(pixel) ? (byte)0 : (byte)255;
    }

    private bool IsTransparent(ReadOnlySpan<int> pixel)
    {
        if (transparency.Length < _colours * 2)
            return false;

        for (var channel = 0; channel < _colours; channel++)
        {
            if (pixel[channel] != BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(channel * 2)))
                return false;
        }

        return true;
    }

    // The high byte of sixteen bits; fewer than eight are spread from black to white.
    private byte Eight(int sample) => (byte)(header.Depth == 16 ? sample >> 8 : sample * 255 / ((1 << header.Depth) - 1));
}
