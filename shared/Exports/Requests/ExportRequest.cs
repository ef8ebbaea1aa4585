using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Formats;

namespace ExportFunctions.Exports.Requests;

/// <summary>A request that has been checked in full: it can be run.</summary>
public sealed record ExportRequest
{
    /// <summary>Which records, in what order.</summary>
    public required RowQuery Rows { get; init; }

    /// <summary>What it was checked against.</summary>
    public required DatasetIdentity CheckedAgainst { get; init; }

    /// <summary>Whether it names no columns, and so asks for all of them.</summary>
    public bool IsOfAllColumns { get; init; }

    /// <summary>The format.</summary>
    public required IFileFormat Format { get; init; }

    /// <summary>The format's options.</summary>
    public required WriterOptions Options { get; init; }

    /// <summary>The asked-for file name, with the format's ending; null takes a name from dataset and time.</summary>
    public string? FileName { get; init; }

    /// <summary>How often it is tried again, and when.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>The e-mail addresses of those who hear of its end.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Whether all records are read as they are at one moment, also in slices.</summary>
    public bool IsSnapshot { get; init; }

    /// <summary>The request as it is stored and read again: the accepted fields, under their standard names.</summary>
    public required string Json { get; init; }
}
