using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>Writes tokens as a deflate block.</summary>
internal static unsafe class TokenWriter
{
    // No code exceeds 14 bits, so a literal takes less than two bytes, and a match (at least four bytes) 46 bits.
    private const int BytesPerByte = 2;

    // The longest header: 316 lengths of 7 bits, plus as many extra bits.
    private const int FrameBytes = 1024;

    private static ReadOnlySpan<byte> SyncFlush => [0, 0, 0xFF, 0xFF];

    /// <summary>The maximum compressed size of a chunk.</summary>
    /// <param name="bytes">The bytes of the chunk.</param>
    public static int MaxBytes(int bytes) => checked((bytes * BytesPerByte) + FrameBytes);

    /// <summary>Writes a chunk: a block, followed by an empty stored one that ends on a byte boundary, as zlib's sync flush does.</summary>
    /// <param name="bytes">The chunk, from which literals are read.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="tables">The codes; they cover each symbol that occurs.</param>
    /// <param name="to">Room for <see cref="MaxBytes"/>.</param>
    /// <returns>The bytes written.</returns>
    public static int Write(byte* bytes, ReadOnlySpan<ulong> tokens, HuffmanTables tables, byte* to)
    {
        // A writer passed by reference lives in memory; the loop's copy stays in registers.
        var header = new BitWriter(to);
        tables.Header.Write(ref header);
        var writer = header;
        fixed (uint* literals = tables.Literals, lengths = tables.Lengths, distances = tables.Distances)
        {
            foreach (var token in tokens)
            {
                bytes = WriteLiterals(ref writer, bytes, Token.Literals(token), literals);
                var length = Token.Length(token);
                bytes += length;
                if (length > DeflateCodes.MaxMatch)
                {
                    var pieces = writer;
                    length = WritePieces(ref pieces, length, Token.Distance(token), lengths, distances);
                    writer = pieces;
                }

                if (length > 0)
                    WriteMatch(ref writer, length, Token.Distance(token), lengths, distances);
            }

            Write(ref writer, literals[DeflateCodes.EndOfBlock]);
        }

        writer.Add(0, 3);
        writer.Flush();
        writer.Align();
        SyncFlush.CopyTo(new Span<byte>(writer.Position, SyncFlush.Length));
        return (int)(writer.Position - to) + SyncFlush.Length;
    }

    // Most tokens have up to four literals, in varying numbers: all four codes are combined and the surplus is masked off, without a
    // branch.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WriteLiterals(ref BitWriter writer, byte* bytes, int count, uint* literals)
    {
        for (; count > 4; count -= 4, bytes += 4)
        {
            Write(ref writer, literals[bytes[0]]);
            Write(ref writer, literals[bytes[1]]);
            Write(ref writer, literals[bytes[2]]);
            Write(ref writer, literals[bytes[3]]);
            writer.Flush();
        }

        var (first, second, third, fourth) = (literals[bytes[0]], literals[bytes[1]], literals[bytes[2]], literals[bytes[3]]);
        var one = first >> HuffmanTables.CountShift;
        var two = one + (second >> HuffmanTables.CountShift);
        var three = two + (third >> HuffmanTables.CountShift);
        var four = three + (fourth >> HuffmanTables.CountShift);
        var bits = (first & HuffmanTables.BitsMask)
            | ((ulong)(second & HuffmanTables.BitsMask) << (int)one)
            | ((ulong)(third & HuffmanTables.BitsMask) << (int)two)
            | ((ulong)(fourth & HuffmanTables.BitsMask) << (int)three);
        var counts = ((ulong)one << 8) | (two << 16) | ((ulong)three << 24) | ((ulong)four << 32);
        var total = (int)(counts >> (count * 8)) & 0x3F;
        writer.Add(bits & ((1UL << total) - 1), total);
        writer.Flush();
        return bytes + count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref BitWriter writer, uint entry) =>
        writer.Add(entry & HuffmanTables.BitsMask, (int)(entry >> HuffmanTables.CountShift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteMatch(ref BitWriter writer, int length, int distance, uint* lengths, uint* distances)
    {
        Write(ref writer, lengths[length]);
        var symbol = DeflateCodes.SymbolOfDistance(distance);
        Write(ref writer, distances[symbol]);
        var extra = DeflateCodes.ExtraBitsOfDistance(symbol);
        writer.Add((uint)(distance - 1) & ((1u << extra) - 1), extra);
        writer.Flush();
    }

    private static int WritePieces(ref BitWriter writer, int length, int distance, uint* lengths, uint* distances)
    {
        while (length > DeflateCodes.MaxMatch)
        {
            var piece = Token.Piece(length);
            WriteMatch(ref writer, piece, distance, lengths, distances);
            length -= piece;
        }

        return length;
    }
}
