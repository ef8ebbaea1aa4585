using System.IO.Compression;

namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>The rows of a PNG file, decompressed and without their filters (ISO/IEC 15948, clauses 8 to 10).</summary>
/// <param name="chunks">The file.</param>
internal sealed class PngRows(PngChunks chunks)
{
    // Where each pass of Adam7 starts and how far its pixels are apart.
    private static readonly (int Left, int Top, int Across, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly PngHeader _header = chunks.Header;
    private readonly int _step = Math.Max(1, chunks.Header.Channels * chunks.Header.Depth / 8);

    /// <summary>
    /// The rows one after another, each of <see cref="PngHeader.RowBytes"/>; those of a file without interlacing as they lie.
    /// </summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public byte[] Unfilter()
    {
        using var source = new ZLibStream(new MemoryStream(chunks.Compressed), CompressionMode.Decompress);
        try
        {
            if (!_header.IsInterlaced)
                return Read(source, _header.Width, _header.Height);

            var rows = new byte[_header.RowBytes(_header.Width) * _header.Height];
            foreach (var (left, top, across, down) in Passes)
            {
                var (width, height) = ((_header.Width - left + across - 1) / across, (_header.Height - top + down - 1) / down);
                if (width > 0 && height > 0)
                    Spread(Read(source, width, height), width, height, rows, (left, top, across, down));
            }

            return rows;
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("its pixels are cut short", exception);
        }
    }

    private byte[] Read(ZLibStream source, int width, int height)
    {
        var bytes = _header.RowBytes(width);
        var rows = new byte[bytes * height];
        var before = new byte[bytes];
        for (var row = 0; row < height; row++)
        {
            var filter = source.ReadByte();
            if (filter < 0)
                throw new EndOfStreamException();

            var current = rows.AsSpan(row * bytes, bytes);
            source.ReadExactly(current);
            Restore(filter, current, row == 0 ? before : rows.AsSpan((row - 1) * bytes, bytes));
        }

        return rows;
    }

    private void Restore(int filter, Span<byte> row, ReadOnlySpan<byte> above)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < _step ? 0 : row[i - _step];
            int corner = i < _step ? 0 : above[i - _step];
            row[i] += filter switch
            {
                0 => (byte)0,
                1 => (byte)left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => Nearest(left, above[i], corner),
                _ => throw new InvalidDataException("its pixels are damaged"),
            };
        }
    }

    // Paeth's predictor: whichever is nearest to left + above - corner.
    private static byte Nearest(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }

    private void Spread(byte[] pass, int width, int height, byte[] rows, (int Left, int Top, int Across, int Down) place)
    {
        var bits = _header.Channels * _header.Depth;
        for (var y = 0; y < height; y++)
        {
            var source = pass.AsSpan(y * _header.RowBytes(width));
            var target = rows.AsSpan((place.Top + (y * place.Down)) * _header.RowBytes(_header.Width));
            for (var x = 0; x < width; x++)
            {
                var column = place.Left + (x * place.Across);
                if (bits >= 8)
                {
                    source.Slice(x * bits / 8, bits / 8).CopyTo(target[(column * bits / 8)..]);
                    continue;
                }

                var value = (source[x * bits / 8] >> (8 - bits - (x * bits % 8))) & ((1 << bits) - 1);
                target[column * bits / 8] |= (byte)(value << (8 - bits - (column * bits % 8)));
            }
        }
    }
}
