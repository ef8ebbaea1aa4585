namespace ExportFunctions.Datasets.Partitioning;

/// <summary>Whether a query can be cut by its key.</summary>
public static class KeyOrder
{
    /// <summary>
    /// True when the records come in the order of the key, from the first to the last. Another order would have each range read and sort
    /// all records up to its own, and an offset or limit counts through the ranges before: such a query is read in one piece.
    /// </summary>
    /// <param name="query">The query.</param>
    public static bool CanBePartitioned(RowQuery query) => query is { Sort.Count: 0, Offset: 0, Limit: null, Range: null };
}
