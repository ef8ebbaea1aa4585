using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Partitioning;

namespace ExportFunctions.Datasets;

/// <summary>
/// What to read: which records of a dataset, which columns, in what order. Everything in it has been validated against the dataset.
/// </summary>
public sealed record RowQuery
{
    /// <summary>The dataset.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The columns to read, in output order; at least one, without duplicates.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>The condition; null reads every record.</summary>
    public Filter? Filter { get; init; }

    /// <summary>The requested order. The remaining key columns are always appended, so that pages never overlap.</summary>
    public IReadOnlyList<SortKey> Sort { get; init; } = [];

    /// <summary>Records to skip, 0 or more.</summary>
    public long Offset { get; init; }

    /// <summary>The maximum number of records, 0 or more; null reads to the end.</summary>
    public long? Limit { get; init; }

    /// <summary>Only records whose key is in this range; null reads them all. Requires key order.</summary>
    public KeyRange? Range { get; init; }

    /// <summary>The held snapshot to read from; null takes a new one when reading starts.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Whether the records are counted before they are read; otherwise the expected number is unknown.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>
    /// Whether each batch includes the key of its last record, so that another query can continue after it. Requires key order.
    /// </summary>
    public bool IsKeyRead { get; init; }
}

/// <summary>One column of an order.</summary>
/// <param name="Column">The column.</param>
/// <param name="Direction">
/// Ascending or descending. Empty values come first when ascending and last when descending, in every source.
/// </param>
public sealed record SortKey(DatasetColumn Column, SortDirection Direction)
{
    /// <summary>
    /// The language for sorting texts, by its BCP 47 name such as <c>el</c>; texts that it holds equal are sorted bytewise. Null sorts all
    /// texts bytewise.
    /// </summary>
    public string? Collation { get; init; }
}

/// <summary>The direction of a sort key.</summary>
public enum SortDirection
{
    /// <summary>Smallest first.</summary>
    Ascending,

    /// <summary>Largest first.</summary>
    Descending,
}
