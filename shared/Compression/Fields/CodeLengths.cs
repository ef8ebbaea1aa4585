namespace ExportFunctions.Compression.Fields;

/// <summary>Computes length-limited Huffman code lengths.</summary>
internal static class CodeLengths
{
    private const int MaxSymbols = DeflateCodes.Literals;

    /// <summary>
    /// Computes the lengths. At least two symbols get a code, because not all readers accept a single code. Each code is complete: it has
    /// no unused bit patterns.
    /// </summary>
    /// <param name="counts">The frequency of each symbol; the sum must be below 2^31.</param>
    /// <param name="lengths">Receives the length of each symbol's code; 0 for a symbol that does not occur.</param>
    /// <param name="maxLength">The longest code.</param>
    public static void Find(ReadOnlySpan<int> counts, Span<byte> lengths, int maxLength)
    {
        Span<long> sorted = stackalloc long[MaxSymbols];
        lengths.Clear();
        var used = Sort(counts, sorted);
        if (used < 2)
        {
            // The symbol that occurs, if any, and the first other one.
            lengths[0] = 1;
            lengths[used == 1 && Symbol(sorted[0]) != 0 ? Symbol(sorted[0]) : 1] = 1;
            return;
        }

        Span<int> depths = stackalloc int[MaxSymbols];
        depths = depths[..used];
        for (var i = 0; i < used; i++)
            depths[i] = (int)(sorted[i] >> 16);

        FindDepths(depths);
        Span<int> codes = stackalloc int[maxLength + 1];
        CountLimited(depths, codes);

        // The rarest symbols get the longest codes.
        var next = 0;
        for (var length = maxLength; length > 0; length--)
        {
            for (var i = codes[length]; i > 0; i--)
                lengths[Symbol(sorted[next++])] = (byte)length;
        }
    }

    private static int Symbol(long sorted) => (int)(sorted & 0xFFFF);

    // Rarest first; equally frequent symbols in symbol order, so that the same counts give the same code.
    private static int Sort(ReadOnlySpan<int> counts, Span<long> sorted)
    {
        var used = 0;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0)
                sorted[used++] = ((long)counts[symbol] << 16) | (uint)symbol;
        }

        sorted[..used].Sort();
        return used;
    }

    // Turns weights, rarest first, into leaf depths in place: builds the tree bottom-up, each node keeping its parent, then computes the
    // depths of the inner nodes top-down, then those of the leaves (Moffat and Katajainen, 1995).
    private static void FindDepths(Span<int> nodes)
    {
        var (count, leaf, root) = (nodes.Length, 0, 0);
        for (var next = 0; next < count - 1; next++)
        {
            var weight = Take(nodes, next);
            nodes[next] = weight + Take(nodes, next);
        }

        nodes[count - 2] = 0;
        for (var next = count - 3; next >= 0; next--)
            nodes[next] = nodes[nodes[next]] + 1;

        var (available, inner, depth, place) = (1, count - 2, 0, count - 1);
        while (available > 0)
        {
            var nodesHere = 0;
            for (; inner >= 0 && nodes[inner] == depth; inner--)
                nodesHere++;

            for (; available > nodesHere; available--)
                nodes[place--] = depth;

            (available, depth) = (2 * nodesHere, depth + 1);
        }

        // The lighter of the next leaf and the next inner node.
        int Take(Span<int> weights, int next)
        {
            if (leaf < count && (root >= next || weights[leaf] <= weights[root]))
                return weights[leaf++];

            var weight = weights[root];
            weights[root++] = next;
            return weight;
        }
    }

    // The number of codes of each length. Codes that are too long are shortened to the maximum; others are then lengthened until all fit,
    // counted in leaves of a full tree of the maximum depth.
    private static void CountLimited(ReadOnlySpan<int> depths, Span<int> codes)
    {
        var max = codes.Length - 1;
        foreach (var depth in depths)
            codes[Math.Min(depth, max)]++;

        var excess = -(1L << max);
        for (var length = 1; length <= max; length++)
            excess += (long)codes[length] << (max - length);

        while (excess > 0)
        {
            var length = max - 1;
            while (codes[length] == 0)
                length--;

            codes[length]--;
            codes[length + 1]++;
            excess -= 1L << (max - length - 1);
        }

        for (var length = 2; excess < 0; length++)
        {
            // Codes that were lengthened too far are shortened again, the shortest that fit first.
            for (; length <= max && codes[length] > 0 && 1L << (max - length) <= -excess; excess += 1L << (max - length))
            {
                codes[length]--;
                codes[length - 1]++;
            }
        }
    }
}
