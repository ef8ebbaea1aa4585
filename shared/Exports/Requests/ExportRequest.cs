using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Formats;

namespace ExportFunctions.Exports.Requests;

/// <summary>A fully validated request, ready to run.</summary>
public sealed record ExportRequest
{
    /// <summary>Which records, in what order.</summary>
    public required RowQuery Rows { get; init; }

    /// <summary>The dataset it was validated against.</summary>
    public required DatasetIdentity CheckedAgainst { get; init; }

    /// <summary>Whether it names no columns and so requests all of them.</summary>
    public bool IsOfAllColumns { get; init; }

    /// <summary>The format.</summary>
    public required IFileFormat Format { get; init; }

    /// <summary>The format's options.</summary>
    public required WriterOptions Options { get; init; }

    /// <summary>The requested file name, with the format's extension; null for a name made from dataset and time.</summary>
    public string? FileName { get; init; }

    /// <summary>How many times it is retried, and when.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>The e-mail addresses to notify when it ends.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Whether all records are read from one snapshot, also in slices.</summary>
    public bool IsSnapshot { get; init; }

    /// <summary>The request as it is stored and read again: the accepted fields under their standard names.</summary>
    public required string Json { get; init; }
}
