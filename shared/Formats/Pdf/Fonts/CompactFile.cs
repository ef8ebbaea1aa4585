using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>Reads the structures of a CFF table (Adobe technical note 5176), piece by piece.</summary>
/// <param name="tables">The font.</param>
internal sealed class CompactFile(FontTables tables)
{
    private const string Tag = "CFF ";
    private const int MaxIndexBytes = 8 * 1024 * 1024;

    /// <summary>A piece of the table.</summary>
    public byte[] Read(long offset, int length) => tables.Piece(Tag, offset, length);

    /// <summary>
    /// Reads where the objects of an INDEX are: a count, the width of its offsets, the offsets from one byte before the objects, the
    /// objects.
    /// </summary>
    public CompactIndex ReadIndex(long offset)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(Read(offset, 2));
        if (count == 0)
            return new CompactIndex(this, [offset + 2]);

        var width = Read(offset + 2, 1)[0];
        if (width is < 1 or > 4)
            throw new InvalidDataException("its table CFF is damaged");

        var offsets = Read(offset + 3, (count + 1) * width);
        var starts = new long[count + 1];
        for (var i = 0; i <= count; i++)
        {
            var start = 0L;
            for (var j = 0; j < width; j++)
                start = (start << 8) | offsets[(i * width) + j];

            starts[i] = offset + 2 + ((count + 1L) * width) + start;
            if (i > 0 && starts[i] < starts[i - 1])
                throw new InvalidDataException("its table CFF is damaged");
        }

        return new CompactIndex(this, starts);
    }

    /// <summary>An INDEX.</summary>
    /// <param name="file">The table.</param>
    /// <param name="starts">Where each object starts, and at last where they end.</param>
    internal sealed class CompactIndex(CompactFile file, long[] starts)
    {
        private byte[]? _objects;

        /// <summary>The number of objects.</summary>
        public int Count => starts.Length - 1;

        /// <summary>Where the INDEX ends.</summary>
        public long End => starts[^1];

        /// <summary>An object, read from the file.</summary>
        public byte[] Read(int index) => file.Read(starts[index], (int)Math.Min(int.MaxValue, starts[index + 1] - starts[index]));

        /// <summary>An object of an INDEX whose objects are used again and again: all of them are read at the first call.</summary>
        public ReadOnlySpan<byte> Get(int index)
        {
            if (_objects is null && End - starts[0] > MaxIndexBytes)
                throw new InvalidDataException("its table CFF has too many subroutines");

            _objects ??= file.Read(starts[0], (int)(End - starts[0]));
            return _objects.AsSpan((int)(starts[index] - starts[0]), (int)(starts[index + 1] - starts[index]));
        }
    }
}
