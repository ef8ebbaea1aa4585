namespace ExportFunctions.Compression.Fields;

/// <summary>The state of a column in the chunk being compressed.</summary>
internal struct FieldColumn
{
    /// <summary>The number of values to observe before deciding.</summary>
    public const int LearningValues = 64;

    // The minimum hit rate of a cache: 1 in 8.
    private const int FewHits = 8;

    /// <summary>Where the column's previous value began; -1 before the first.</summary>
    public int Start;

    /// <summary>Where it ended.</summary>
    public int End;

    /// <summary>The values seen.</summary>
    public int Seen;

    /// <summary>Lookups of whole values while learning, and their hits.</summary>
    public int WholeProbes;

    /// <inheritdoc cref="WholeProbes"/>
    public int WholeHits;

    /// <summary>Lookups of prefixes while learning, and their hits.</summary>
    public int PrefixProbes;

    /// <inheritdoc cref="PrefixProbes"/>
    public int PrefixHits;

    /// <summary>
    /// Twice the bytes gained by matching the same column of the previous row rather than the similar column of the same row, less the cost
    /// of its greater distance.
    /// </summary>
    public int Preference;

    /// <summary>Whether whole values are looked up.</summary>
    public bool HasWholes;

    /// <summary>Whether prefixes are looked up.</summary>
    public bool HasPrefixes;

    /// <summary>Whether the similar column of the same row is the better match.</summary>
    public bool PrefersAlike;

    /// <summary>
    /// The state of a column at the start of a chunk: nothing carries over, so that each chunk can be compressed independently.
    /// </summary>
    /// <param name="hasCaches">Whether there are caches.</param>
    public FieldColumn(bool hasCaches)
    {
        (Start, End) = (-1, -1);
        HasWholes = HasPrefixes = hasCaches;
    }

    /// <summary>Whether a similar column is worth checking.</summary>
    public readonly bool MayPreferAlike => PrefersAlike || IsLearning;

    /// <summary>Whether the column is still being observed.</summary>
    public readonly bool IsLearning => Seen < LearningValues;

    /// <summary>Counts a value, and decides once enough were seen.</summary>
    public void Count()
    {
        if (++Seen != LearningValues)
            return;

        HasWholes &= WholeHits * FewHits >= WholeProbes;
        HasPrefixes &= PrefixHits * FewHits >= PrefixProbes;
        PrefersAlike = Preference < 0;
    }
}
