using System.Text.Json.Serialization;
using Azure;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Exports.Files;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// A part of a large export: ranges of its key, one after the other, written by any worker. An immutable picture of the stored record.
/// </summary>
internal sealed record Slice
{
    /// <summary>From the number of a slice to that of the next, as an export is partitioned.</summary>
    public const int Gap = 100;

    /// <summary>The export.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The id of the partitioning that it is of: of two that were made at a time one counts.</summary>
    [JsonPropertyName("cut")]
    public required string Partitioning { get; init; }

    /// <summary>
    /// Its place among the others: 0 for the first, and <see cref="Gap"/> from one to the next, so that what a slice hands over has a
    /// place behind it.
    /// </summary>
    public required int Number { get; init; }

    /// <summary>
    /// Which partitioning of its export it is of, counted from 0: slices of earlier ones may still be written by workers that don't know.
    /// </summary>
    public int Generation { get; init; }

    /// <summary>The snapshot that all slices of the partitioning are read from; null when each range is read from one of its own.</summary>
    public string? Snapshot { get; init; }

    /// <summary>
    /// The key of what the dataset was when the export was partitioned, by <see cref="DatasetIdentity.Key"/>: all slices of a file are
    /// written by the same definition. Null for a partitioning of an earlier version.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CheckedAgainst { get; init; }

    /// <summary>Which records, in order.</summary>
    public required IReadOnlyList<KeyRange> Ranges { get; init; }

    /// <summary>The records it has, about.</summary>
    public long RowsExpected { get; init; }

    /// <summary>The state.</summary>
    public SliceState State { get; init; }

    /// <summary>When a message for it was sent last; null before the first.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>How often a worker took it. Blocks are told apart by it.</summary>
    public int Claim { get; init; }

    /// <summary>Which worker holds it, while it is being written.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Until when, on the clock of this host, unless it says so again.</summary>
    [JsonIgnore]
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Tries that ended by a fault or by a worker's death.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Why the last of them did.</summary>
    public ExportFailure? Error { get; init; }

    /// <summary>When it may be tried again; null for at once.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Records written so far.</summary>
    public long Rows { get; init; }

    /// <summary>What was written, once it is done.</summary>
    public SliceContent? Content { get; init; }

    /// <summary>The stored record's version.</summary>
    [JsonIgnore]
    public ETag ETag { get; init; }

    /// <summary>The blocks that its present claim stages.</summary>
    [JsonIgnore]
    public BlockGroup Blocks => new(Generation, Number, Claim);

    /// <summary>Whether what it hands over has a place behind it.</summary>
    [JsonIgnore]
    public bool HasPlaceBehind => (Number + 1) % Gap != 0;

    /// <summary>
    /// What is left of it when it ends with one of its ranges, or in the middle of it; null when nothing is, or when that has no place.
    /// </summary>
    /// <param name="range">The range.</param>
    /// <param name="stoppedAfter">The last key that it has of the range; null when it has them all.</param>
    /// <param name="written">The records that it has.</param>
    public Slice? RestAfter(int range, KeyBoundary? stoppedAfter, long written)
    {
        IReadOnlyList<KeyRange> left =
            stoppedAfter is null ? [.. Ranges.Skip(range + 1)] : [Ranges[range] with { After = stoppedAfter }, .. Ranges.Skip(range + 1)];
        if (left.Count == 0 || !HasPlaceBehind)
            return null;

        // There may be more than was expected of the whole: what is left is not nothing then.
        var rows = Math.Max(RowsExpected - written, RowsExpected * (Ranges.Count - range - 1) / Ranges.Count);
        return new Slice
        {
            JobId = JobId,
            Partitioning = Partitioning,
            Generation = Generation,
            Snapshot = Snapshot,
            CheckedAgainst = CheckedAgainst,
            Number = Number + 1,
            Ranges = left,
            RowsExpected = rows,
        };
    }

    /// <summary>The ranges that it keeps when it hands a rest over.</summary>
    public IReadOnlyList<KeyRange> RangesBefore(Slice rest)
    {
        var (whole, cut) = (Ranges.SkipLast(rest.Ranges.Count), Ranges[^rest.Ranges.Count]);
        return rest.Ranges[0] == cut ? [.. whole] : [.. whole, cut with { UpTo = rest.Ranges[0].After }];
    }

    /// <summary>True when nobody writes it though it is not written: it waits, or its worker is dead.</summary>
    public bool IsIdle(DateTimeOffset now) => State == SliceState.Waiting || (State == SliceState.Running && !(LeaseUntil > now));

    /// <summary>True when a worker may take it: it is idle, and its pause after a fault is over.</summary>
    public bool IsFree(DateTimeOffset now) => IsIdle(now) && !(RetryAt > now);
}

/// <summary>The states of a slice.</summary>
internal enum SliceState
{
    /// <summary>Nobody writes it.</summary>
    Waiting,

    /// <summary>A worker writes it.</summary>
    Running,

    /// <summary>Its blocks are staged.</summary>
    Done,

    /// <summary>It can't be written, and so the file can't.</summary>
    Failed,
}
