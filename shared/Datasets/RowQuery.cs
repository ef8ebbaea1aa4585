using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Partitioning;

namespace ExportFunctions.Datasets;

/// <summary>
/// What to read: which records of a dataset, which columns, in what order. Everything in it has been checked against the dataset.
/// </summary>
public sealed record RowQuery
{
    /// <summary>The dataset.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The columns to read, in output order; at least one, none twice.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>The condition; null reads every record.</summary>
    public Filter? Filter { get; init; }

    /// <summary>
    /// The requested order. Reading always continues the order with the key columns that are not in it, so that pages never overlap.
    /// </summary>
    public IReadOnlyList<SortKey> Sort { get; init; } = [];

    /// <summary>Records to pass over first, 0 or more.</summary>
    public long Offset { get; init; }

    /// <summary>The most records to read, 0 or more; null reads to the end.</summary>
    public long? Limit { get; init; }

    /// <summary>Only records whose key is in this range; null reads them all. Goes with the key's order only.</summary>
    public KeyRange? Range { get; init; }

    /// <summary>A snapshot that somebody holds, which the records are read from; null takes one of the moment of reading.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Whether the records are counted before they are read; where they are not, nobody knows how many to expect.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>
    /// Whether each batch tells the key of its last record, so that another query may go on behind it. Goes with the key's order only.
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
    /// The language whose order texts come in, by its BCP 47 name such as <c>el</c>; texts that it holds equal come in the order of their
    /// bytes. Null: all do.
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
