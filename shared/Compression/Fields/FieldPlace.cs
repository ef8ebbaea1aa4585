namespace ExportFunctions.Compression.Fields;

/// <summary>
/// Where a value stands in a chunk, and in which column. This is a hint from the writer: a wrong one makes the output larger, never
/// incorrect.
/// </summary>
/// <remarks>32 bits for the start, 17 for the length and 15 for the column: a position takes no more memory than a 64-bit number.</remarks>
internal readonly struct FieldPlace
{
    /// <summary>The number of columns that can be distinguished; more than a sheet has.</summary>
    public const int MaxColumns = 1 << ColumnBits;

    /// <summary>The maximum length of a recorded value; a longer one is compressed as plain text.</summary>
    public const int MaxLength = (1 << LengthBits) - 1;

    private const int ColumnBits = 15;
    private const int LengthBits = 17;

    private readonly ulong _packed;

    /// <summary>Makes a position.</summary>
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
