namespace ExportFunctions.Compression.Fields;

/// <summary>The symbol frequencies of a chunk.</summary>
internal sealed unsafe class TokenCounts
{
    private readonly int[] _literals = new int[DeflateCodes.Literals];
    private readonly int[] _distances = new int[DeflateCodes.Distances];

    // Every other literal is counted here, so that counting equal neighbors does not wait on the same counter.
    private readonly int[] _others = new int[256];

    /// <summary>Literals, the end of the block, and lengths.</summary>
    public ReadOnlySpan<int> Literals => _literals;

    /// <summary>Distances.</summary>
    public ReadOnlySpan<int> Distances => _distances;

    /// <summary>Counts the symbols.</summary>
    /// <param name="bytes">The chunk.</param>
    /// <param name="tokens">Its tokens, which cover all of its bytes.</param>
    public void Count(byte* bytes, ReadOnlySpan<ulong> tokens)
    {
        Array.Clear(_literals);
        Array.Clear(_distances);
        Array.Clear(_others);
        _literals[DeflateCodes.EndOfBlock] = 1;
        fixed (int* literals = _literals, others = _others)
        {
            foreach (var token in tokens)
            {
                var end = bytes + Token.Literals(token);
                for (; end - bytes >= 2; bytes += 2)
                {
                    literals[bytes[0]]++;
                    others[bytes[1]]++;
                }

                if (bytes < end)
                    literals[*bytes++]++;

                bytes += Token.Length(token);
                CountMatch(token);
            }
        }

        for (var i = 0; i < _others.Length; i++)
            _literals[i] += _others[i];
    }

    private void CountMatch(ulong token)
    {
        var length = Token.Length(token);
        if (length == 0)
            return;

        var distance = DeflateCodes.SymbolOfDistance(Token.Distance(token));
        for (; length > DeflateCodes.MaxMatch; length -= Token.Piece(length))
        {
            _literals[DeflateCodes.LengthSymbols[Token.Piece(length)]]++;
            _distances[distance]++;
        }

        _literals[DeflateCodes.LengthSymbols[length]]++;
        _distances[distance]++;
    }
}
