namespace ExportFunctions.Compression.Fields;

/// <summary>
/// Where a value stands in a chunk, and in which column. It is a hint of the one who wrote the bytes: a wrong one makes the compressed
/// bytes
/// more, never wrong.
/// </summary>
/// <remarks>32 bits of the start, 17 of the length and 15 of the column: the cells of a chunk take as little memory as the bytes of a
/// number.</remarks>
internal readonly struct FieldPlace
{
    /// <summary>The columns that can be told apart; a sheet has fewer.</summary>
    public const int MaxColumns = 1 << ColumnBits;

    /// <summary>The bytes of the longest value that can be noted; a longer one is compressed as a text that nothing is known of.</summary>
    public const int MaxLength = (1 << LengthBits) - 1;

    private const int ColumnBits = 15;
    private const int LengthBits = 17;

    private readonly ulong _packed;

    /// <summary>Makes a place.</summary>
    /// <param name="column">The column, below <see cref="MaxColumns"/>.</param>
    /// <param name="start">Where the value begins in the chunk.</param>
    /// <param name="length">Its bytes, at most <see cref="MaxLength"/>.</param>
    public FieldPlace(int column, int start, int length) =>
        _packed = ((ulong)(uint)start << (ColumnBits + LengthBits)) | ((ulong)(uint)length << ColumnBits) | (uint)column;

    /// <summary>The column.</summary>
    public int Column => (int)(_packed & (MaxColumns - 1));

    /// <summary>Where the value begins in the chunk.</summary>
    public int Start => (int)(_packed >> (ColumnBits + LengthBits));

    /// <summary>The bytes of the value.</summary>
    public int Length => (int)(_packed >> ColumnBits) & MaxLength;
}
