using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Partitioning;

/// <summary>Partitions the records of a query into key ranges of about equal size. The seam between slices and database engines.</summary>
public interface IKeyPartitioner
{
    /// <summary>
    /// Finds the range boundaries. Its cost doesn't grow with the amount of data where the engine has a shorter way than reading it.
    /// </summary>
    /// <param name="query">The query, in key order and without offset or limit.</param>
    /// <param name="size">The target size of ranges.</param>
    /// <exception cref="ExportFailureException">The query can't run, or the database is unavailable.</exception>
    Task<KeyPartitions> PartitionAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken);
}

/// <summary>The target size of ranges.</summary>
/// <param name="Rows">Approximate records per range.</param>
/// <param name="MaxRanges">The maximum number of ranges; with more records than that allows, ranges get larger.</param>
/// <param name="MaxUnpartitioned">The number of records up to which partitioning is not worthwhile.</param>
public sealed record RangeSize(long Rows, int MaxRanges, long MaxUnpartitioned)
{
    /// <summary>The number of ranges for a number of records.</summary>
    /// <param name="rows">The records.</param>
    public int RangesFor(long rows) => rows <= MaxUnpartitioned ? 1 : (int)Math.Clamp((rows + Rows - 1) / Rows, 1, MaxRanges);
}

/// <summary>The partitioning of a query.</summary>
/// <param name="RowsEstimated">The approximate number of records it selects.</param>
/// <param name="Boundaries">The last key of each range except the last one, ascending; empty when partitioning is not worthwhile.</param>
public sealed record KeyPartitions(long RowsEstimated, IReadOnlyList<KeyBoundary> Boundaries)
{
    /// <summary>The ranges, in order; together they cover every key, including keys added meanwhile.</summary>
    public IReadOnlyList<KeyRange> ToRanges()
    {
        KeyBoundary?[] ends = [null, .. Boundaries, null];
        return [.. ends.Zip(ends.Skip(1), (after, upTo) => new KeyRange(after, upTo))];
    }
}
