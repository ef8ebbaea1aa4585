namespace ExportFunctions.Compression.Fields;

/// <summary>The codes of a block: each symbol's code and its length, and the block header that describes them.</summary>
internal sealed class HuffmanTables
{
    /// <summary>The longest code: four of them fit between two flushes of 64 bits.</summary>
    public const int MaxCodeLength = 14;

    /// <summary>Where the bit count starts in an entry; the bits are below it.</summary>
    public const int CountShift = 24;

    /// <summary>The bits of an entry.</summary>
    public const uint BitsMask = (1 << CountShift) - 1;

    private readonly byte[] _literalLengths = new byte[DeflateCodes.Literals];
    private readonly byte[] _distanceLengths = new byte[DeflateCodes.Distances];

    /// <summary>The entries of literals and of the end; those of lengths without extra bits.</summary>
    public uint[] Literals { get; } = new uint[DeflateCodes.Literals];

    /// <summary>The entries of lengths, by the bytes of the match, with their extra bits.</summary>
    public uint[] Lengths { get; } = new uint[DeflateCodes.MaxMatch + 1];

    /// <summary>The entries of distances, without extra bits.</summary>
    public uint[] Distances { get; } = new uint[DeflateCodes.Distances];

    /// <summary>The header of a block with these codes.</summary>
    public TableHeader Header { get; } = new();

    /// <summary>Makes codes.</summary>
    /// <param name="literals">The frequencies of literals, end of block and lengths.</param>
    /// <param name="distances">The frequencies of distances.</param>
    public void Make(ReadOnlySpan<int> literals, ReadOnlySpan<int> distances)
    {
        CodeLengths.Find(literals, _literalLengths, MaxCodeLength);
        CodeLengths.Find(distances, _distanceLengths, MaxCodeLength);
        FindCodes(_literalLengths, Literals);
        FindCodes(_distanceLengths, Distances);
        for (var length = DeflateCodes.MinMatch; length <= DeflateCodes.MaxMatch; length++)
            Lengths[length] = WithExtraBits(length);

        Header.Make(_literalLengths, _distanceLengths);
    }

    /// <summary>
    /// Makes entries from code lengths: codes of one length are consecutive, shorter ones first (3.2.2), and are written highest bit first.
    /// </summary>
    /// <param name="lengths">The length of each symbol's code; 0 for none.</param>
    /// <param name="entries">Receives the entries.</param>
    public static void FindCodes(ReadOnlySpan<byte> lengths, Span<uint> entries)
    {
        Span<uint> next = stackalloc uint[MaxCodeLength + 2];
        foreach (var length in lengths)
            next[length + 1] += length == 0 ? 0u : 1;

        var code = 0u;
        for (var length = 1; length <= MaxCodeLength; length++)
        {
            code = (code + next[length]) << 1;
            next[length] = code;
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            entries[symbol] = length == 0 ? 0 : Reverse(next[length]++, length) | ((uint)length << CountShift);
        }
    }

    private static uint Reverse(uint code, int length)
    {
        var reversed = 0u;
        for (; length > 0; length--, code >>= 1)
            reversed = (reversed << 1) | (code & 1);

        return reversed;
    }

    private uint WithExtraBits(int length)
    {
        var symbol = DeflateCodes.LengthSymbols[length];
        var entry = Literals[symbol];
        var codeLength = (int)(entry >> CountShift);
        var extra = (uint)(length - DeflateCodes.BaseOfLength(symbol)) << codeLength;
        return codeLength == 0 ? 0 : entry + extra + ((uint)DeflateCodes.ExtraBitsOfLength(symbol) << CountShift);
    }
}
