namespace ExportFunctions.Compression.Fields;

/// <summary>Codes made from one chunk and offered to later ones: every symbol has a code.</summary>
internal sealed class LearnedTables
{
    // How far the bits per symbol may deviate from those of the chunk that the codes were made from, as a fraction.
    private const double Tolerance = 0.03;

    private readonly double _symbolBits;

    private LearnedTables(HuffmanTables tables, double symbolBits) => (Tables, _symbolBits) = (tables, symbolBits);

    /// <summary>The codes.</summary>
    public HuffmanTables Tables { get; }

    /// <summary>Makes codes.</summary>
    /// <param name="counts">The symbol counts of the chunk.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="compressed">The chunk's compressed size in bytes.</param>
    public static LearnedTables Of(TokenCounts counts, long symbols, int compressed)
    {
        Span<int> literals = stackalloc int[DeflateCodes.Literals];
        Span<int> distances = stackalloc int[DeflateCodes.Distances];
        for (var i = 0; i < literals.Length; i++)
            literals[i] = Math.Max(1, counts.Literals[i]);
        for (var i = 0; i < distances.Length; i++)
            distances[i] = Math.Max(1, counts.Distances[i]);

        var tables = new HuffmanTables();
        tables.Make(literals, distances);
        return new LearnedTables(tables, SymbolBits(symbols, compressed));
    }

    /// <summary>The same codes, which turned out best for a chunk that they seemed not to fit.</summary>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="compressed">The chunk's compressed size in bytes.</param>
    public LearnedTables Confirmed(long symbols, int compressed) => new(Tables, SymbolBits(symbols, compressed));

    /// <summary>
    /// Whether a chunk's symbols take about as many bits as those of the chunk that the codes were made from, so that its own codes would
    /// hardly be better.
    /// </summary>
    /// <param name="symbols">The symbols of the chunk.</param>
    /// <param name="compressed">The chunk's compressed size in bytes.</param>
    public bool Fits(long symbols, int compressed) => Math.Abs(SymbolBits(symbols, compressed) - _symbolBits) <= Tolerance * _symbolBits;

    private static double SymbolBits(long symbols, int compressed) => compressed / (double)Math.Max(1, symbols);
}
