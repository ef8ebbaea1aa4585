namespace ExportFunctions.Compression.Fields;

/// <summary>
/// The header of a block with dynamic codes (RFC 1951, section 3.2.7): the lengths of its codes, which are encoded themselves.
/// </summary>
internal sealed class TableHeader
{
    private const int MaxLengthCode = 7;
    private const int RepeatLast = 16;
    private const int RepeatZero = 17;
    private const int RepeatZeroLong = 18;
    private const int Symbols = 19;

    // Not the final block; dynamic codes.
    private const int BlockBits = 3;
    private const int DynamicBlock = 2 << 1;

    private readonly (byte Symbol, byte Extra)[] _runs = new (byte, byte)[DeflateCodes.Literals + DeflateCodes.Distances];
    private readonly byte[] _lengths = new byte[Symbols];
    private int _count;
    private int _literals;
    private int _distances;
    private int _lengthsSent;

    private static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private ReadOnlySpan<(byte Symbol, byte Extra)> Runs => _runs.AsSpan(0, _count);

    /// <summary>Prepares a header.</summary>
    /// <param name="literals">The code lengths of literals, end of block and lengths.</param>
    /// <param name="distances">The code lengths of distances.</param>
    public void Make(ReadOnlySpan<byte> literals, ReadOnlySpan<byte> distances)
    {
        _count = 0;
        _literals = Math.Max(257, literals.LastIndexOfAnyExcept((byte)0) + 1);
        _distances = Math.Max(1, distances.LastIndexOfAnyExcept((byte)0) + 1);
        Span<byte> all = stackalloc byte[_literals + _distances];
        literals[.._literals].CopyTo(all);
        distances[.._distances].CopyTo(all[_literals..]);
        FindRuns(all);

        Span<int> counts = stackalloc int[Symbols];
        foreach (var (symbol, _) in Runs)
            counts[symbol]++;

        CodeLengths.Find(counts, _lengths, MaxLengthCode);
        _lengthsSent = Symbols;
        while (_lengthsSent > 4 && _lengths[Order[_lengthsSent - 1]] == 0)
            _lengthsSent--;
    }

    /// <summary>Starts a block that is not the final one.</summary>
    /// <param name="writer">Receives the header.</param>
    public void Write(ref BitWriter writer)
    {
        writer.Add(DynamicBlock, BlockBits);
        writer.Add((uint)_literals - 257, 5);
        writer.Add((uint)_distances - 1, 5);
        writer.Add((uint)_lengthsSent - 4, 4);
        writer.Flush();
        for (var i = 0; i < _lengthsSent; i++)
        {
            writer.Add(_lengths[Order[i]], 3);
            writer.Flush();
        }

        Span<uint> codes = stackalloc uint[Symbols];
        HuffmanTables.FindCodes(_lengths, codes);
        foreach (var (symbol, extra) in Runs)
        {
            writer.Add(codes[symbol] & HuffmanTables.BitsMask, _lengths[symbol]);
            writer.Add(extra, ExtraBits(symbol));
            writer.Flush();
        }
    }

    private static int ExtraBits(byte symbol) => symbol switch { RepeatLast => 2, RepeatZero => 3, RepeatZeroLong => 7, _ => 0 };

    private void FindRuns(ReadOnlySpan<byte> lengths)
    {
        while (!lengths.IsEmpty)
        {
            var end = lengths.IndexOfAnyExcept(lengths[0]);
            var run = end < 0 ? lengths.Length : end;
            AddRun(lengths[0], run);
            lengths = lengths[run..];
        }
    }

    private void AddRun(byte length, int count)
    {
        if (length != 0)
        {
            _runs[_count++] = (length, 0);
            count--;
        }

        while (count >= 3)
        {
            var (symbol, min, max) = length != 0 ? (RepeatLast, 3, 6) : count <= 10 ? (RepeatZero, 3, 10) : (RepeatZeroLong, 11, 138);
            var repeated = Math.Min(count, max);
            _runs[_count++] = ((byte)symbol, (byte)(repeated - min));
            count -= repeated;
        }

        for (; count > 0; count--)
            _runs[_count++] = (length, 0);
    }
}
