namespace ExportFunctions.Datasets.Partitioning;

/// <summary>Whether a query can be partitioned by its key.</summary>
public static class KeyOrder
{
    /// <summary>
    /// True when the records are in ascending key order. With another order, each range would have to read and sort all records up to its
    /// own, and an offset or limit would have to count through the earlier ranges: such a query is read in one piece.
    /// </summary>
    /// <param name="query">The query.</param>
    public static bool CanBePartitioned(RowQuery query) => query is { Sort.Count: 0, Offset: 0, Limit: null, Range: null };
}
