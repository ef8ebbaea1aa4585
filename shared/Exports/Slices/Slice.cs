using System.Text.Json.Serialization;
using Azure;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Exports.Files;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// A part of a large export: consecutive ranges of its key, written by any worker. An immutable snapshot of the stored record.
/// </summary>
internal sealed record Slice
{
    /// <summary>The distance between the numbers of consecutive slices when an export is partitioned.</summary>
    public const int Gap = 100;

    /// <summary>The export.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The id of the partitioning it belongs to: if two are made concurrently, only one counts.</summary>
    [JsonPropertyName("cut")]
    public required string Partitioning { get; init; }

    /// <summary>
    /// Its position among the others: 0 for the first, then in steps of <see cref="Gap"/>, so that the rest a slice hands over has a
    /// position after it.
    /// </summary>
    public required int Number { get; init; }

    /// <summary>
    /// The generation of the partitioning it belongs to, from 0: slices of earlier ones may still be written by workers unaware of the new
    /// one.
    /// </summary>
    public int Generation { get; init; }

    /// <summary>The snapshot that all slices of the partitioning read from; null when each range is read from its own.</summary>
    public string? Snapshot { get; init; }

    /// <summary>
    /// The key of the dataset at the time the export was partitioned, by <see cref="DatasetIdentity.Key"/>: all slices of a file are
    /// written by the same definition. Null for a partitioning made by an earlier version.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CheckedAgainst { get; init; }

    /// <summary>Its records, as key ranges in order.</summary>
    public required IReadOnlyList<KeyRange> Ranges { get; init; }

    /// <summary>The approximate number of its records.</summary>
    public long RowsExpected { get; init; }

    /// <summary>The state.</summary>
    public SliceState State { get; init; }

    /// <summary>When its last message was sent; null before the first.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>How many times a worker has claimed it. Keeps the blocks of different claims apart.</summary>
    public int Claim { get; init; }

    /// <summary>The worker that holds it while it is being written.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>When the lease expires unless it is renewed, by this host's clock.</summary>
    [JsonIgnore]
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Attempts that ended with a fault or the death of their worker.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Why the last of them failed.</summary>
    public ExportFailure? Error { get; init; }

    /// <summary>When it may be retried; null for at once.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Records written so far.</summary>
    public long Rows { get; init; }

    /// <summary>What was written, once the slice is done.</summary>
    public SliceContent? Content { get; init; }

    /// <summary>The stored record's version.</summary>
    [JsonIgnore]
    public ETag ETag { get; init; }

    /// <summary>The blocks staged by its current claim.</summary>
    [JsonIgnore]
    public BlockGroup Blocks => new(Generation, Number, Claim);

    /// <summary>Whether there is a number left for a rest that it hands over.</summary>
    [JsonIgnore]
    public bool HasPlaceBehind => (Number + 1) % Gap != 0;

    /// <summary>
    /// The rest when the slice ends with one of its ranges, or in the middle of one; null when nothing is left, or there is no number for
    /// it.
    /// </summary>
    /// <param name="range">The last key written of the range; null when the range is complete.</param>
    /// <param name="stoppedAfter">The number of records written.</param>
    /// <param name="written">The records that it has.</param>
    public Slice? RestAfter(int range, KeyBoundary? stoppedAfter, long written)
    {
        IReadOnlyList<KeyRange> left =
            stoppedAfter is null ? [.. Ranges.Skip(range + 1)] : [Ranges[range] with { After = stoppedAfter }, .. Ranges.Skip(range + 1)];
        if (left.Count == 0 || !HasPlaceBehind)
            return null;

        // There may be more records than expected in all: the rest must not be taken for empty then.
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

    /// <summary>The ranges the slice keeps when it hands over a rest.</summary>
    public IReadOnlyList<KeyRange> RangesBefore(Slice rest)
    {
        var (whole, cut) = (Ranges.SkipLast(rest.Ranges.Count), Ranges[^rest.Ranges.Count]);
        return rest.Ranges[0] == cut ? [.. whole] : [.. whole, cut with { UpTo = rest.Ranges[0].After }];
    }

    /// <summary>True when it is unfinished and no live worker is writing it: it is waiting, or its worker is dead.</summary>
    public bool IsIdle(DateTimeOffset now) => State == SliceState.Waiting || (State == SliceState.Running && !(LeaseUntil > now));

    /// <summary>True when a worker may claim it: it is idle, and its delay after a fault is over.</summary>
    public bool IsFree(DateTimeOffset now) => IsIdle(now) && !(RetryAt > now);
}

/// <summary>The states of a slice.</summary>
internal enum SliceState
{
    /// <summary>No worker is writing it.</summary>
    Waiting,

    /// <summary>A worker is writing it.</summary>
    Running,

    /// <summary>Its blocks are staged.</summary>
    Done,

    /// <summary>It can't be written, so neither can the file.</summary>
    Failed,
}
