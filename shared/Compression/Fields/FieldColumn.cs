namespace ExportFunctions.Compression.Fields;

/// <summary>What is known of a column in the chunk that is being compressed.</summary>
internal struct FieldColumn
{
    /// <summary>The values that are looked at before anything is decided.</summary>
    public const int LearningValues = 64;

    // The share of look-ups in a cache that must find something: 1 in 8.
    private const int FewHits = 8;

    /// <summary>Where the column's last value began; -1 before the first.</summary>
    public int Start;

    /// <summary>Where it ended.</summary>
    public int End;

    /// <summary>The values seen.</summary>
    public int Seen;

    /// <summary>Look-ups of whole values while learning, and what they found.</summary>
    public int WholeProbes;

    /// <inheritdoc cref="WholeProbes"/>
    public int WholeHits;

    /// <summary>Look-ups of beginnings while learning, and what they found.</summary>
    public int PrefixProbes;

    /// <inheritdoc cref="PrefixProbes"/>
    public int PrefixHits;

    /// <summary>Twice the bytes that the same column of the row before gave more than the column alike of the same row, less what its
    /// greater distance costs.</summary>
    public int Preference;

    /// <summary>Whether whole values are looked up.</summary>
    public bool HasWholes;

    /// <summary>Whether beginnings are looked up.</summary>
    public bool HasPrefixes;

    /// <summary>Whether the column alike of the same row is the better one.</summary>
    public bool PrefersAlike;

    /// <summary>A column at the beginning of a chunk: nothing outlives one, so that each can be compressed by itself.</summary>
    /// <param name="hasCaches">Whether there are caches.</param>
    public FieldColumn(bool hasCaches)
    {
        (Start, End) = (-1, -1);
        HasWholes = HasPrefixes = hasCaches;
    }

    /// <summary>Whether a column alike is worth a look.</summary>
    public readonly bool MayPreferAlike => PrefersAlike || IsLearning;

    /// <summary>Whether the column is still being looked at.</summary>
    public readonly bool IsLearning => Seen < LearningValues;

    /// <summary>Counts a value, and decides when enough were seen.</summary>
    public void Count()
    {
        if (++Seen != LearningValues)
            return;

        HasWholes &= WholeHits * FewHits >= WholeProbes;
        HasPrefixes &= PrefixHits * FewHits >= PrefixProbes;
        PrefersAlike = Preference < 0;
    }
}
