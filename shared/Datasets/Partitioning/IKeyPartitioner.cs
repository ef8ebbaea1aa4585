using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Partitioning;

/// <summary>
/// Finds where the records of a query are cut into ranges of about as many records each. The seam between slices and database engines.
/// </summary>
public interface IKeyPartitioner
{
    /// <summary>Finds the cuts. Its cost doesn't grow with what is read, as far as the engine knows a shorter way than reading.</summary>
    /// <param name="query">The query, in the order of its key and without offset or limit.</param>
    /// <param name="size">How large ranges are to be.</param>
    /// <exception cref="ExportFailureException">The query can't run, or the database is away.</exception>
    Task<KeyPartitions> PartitionAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken);
}

/// <summary>How large ranges are to be.</summary>
/// <param name="Rows">Records of a range, about.</param>
/// <param name="MaxRanges">The most ranges; with more records than that allows, ranges are larger.</param>
/// <param name="MaxUnpartitioned">Up to how many records there is nothing to cut.</param>
public sealed record RangeSize(long Rows, int MaxRanges, long MaxUnpartitioned)
{
    /// <summary>The number of ranges for a number of records.</summary>
    /// <param name="rows">The records.</param>
    public int RangesFor(long rows) => rows <= MaxUnpartitioned ? 1 : (int)Math.Clamp((rows + Rows - 1) / Rows, 1, MaxRanges);
}

/// <summary>Where a query is cut.</summary>
/// <param name="RowsEstimated">The records it selects, about.</param>
/// <param name="Boundaries">The last key of each range but the last one, ascending; empty when it is not worth a cut.</param>
public sealed record KeyPartitions(long RowsEstimated, IReadOnlyList<KeyBoundary> Boundaries)
{
    /// <summary>The ranges, in order; together they cover every key, also those that are added meanwhile.</summary>
    public IReadOnlyList<KeyRange> ToRanges()
    {
        KeyBoundary?[] ends = [null, .. Boundaries, null];
        return [.. ends.Zip(ends.Skip(1), (after, upTo) => new KeyRange(after, upTo))];
    }
}
