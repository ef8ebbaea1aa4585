namespace ExportFunctions.Compression.Fields;

/// <summary>Finds the lengths of a Huffman code in which none is longer than allowed.</summary>
internal static class CodeLengths
{
    private const int MaxSymbols = DeflateCodes.Literals;

    /// <summary>
    /// Finds the lengths. At least two symbols get a code, because not all readers take a code of one. Each code is complete: nothing can
    /// be read that
    /// was not written.
    /// </summary>
    /// <param name="counts">How often each symbol comes; the sum must be below 2^31.</param>
    /// <param name="lengths">Takes the length of each symbol's code; 0 for a symbol that does not come.</param>
    /// <param name="maxLength">The longest code.</param>
    public static void Find(ReadOnlySpan<int> counts, Span<byte> lengths, int maxLength)
    {
        Span<long> sorted = stackalloc long[MaxSymbols];
        lengths.Clear();
        var used = Sort(counts, sorted);
        if (used < 2)
        {
            // The symbol that comes, if any, and the first other one.
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

        // The rarest symbols take the longest codes.
        var next = 0;
        for (var length = maxLength; length > 0; length--)
        {
            for (var i = codes[length]; i > 0; i--)
                lengths[Symbol(sorted[next++])] = (byte)length;
        }
    }

    private static int Symbol(long sorted) => (int)(sorted & 0xFFFF);

    // Rarest first; symbols that come equally often in their own order, so that the same counts give the same code.
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

    // From weights, rarest first, to the depths of their leaves, in place: first the tree from its leaves up, each node keeping its parent,
    // then the depths of the inner nodes from the root down, then those of the leaves (Moffat and Katajainen, 1995).
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

    // How many codes have each length. Those that are too long get the longest one; then others give way until all fit, counted in leaves
    // of a
    // tree that is as deep as the longest code everywhere.
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
            // What gave way too far comes back, the shortest codes that fit first.
            for (; length <= max && codes[length] > 0 && 1L << (max - length) <= -excess; excess += 1L << (max - length))
            {
                codes[length]--;
                codes[length - 1]++;
            }
        }
    }
}
