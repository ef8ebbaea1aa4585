using Azure;
using ExportFunctions.Maintenance.Cleanup;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>One run of the cleanup. An immutable snapshot of the stored record.</summary>
public sealed record MaintenanceRun
{
    /// <summary>The run's id, a version 7 GUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>The state.</summary>
    public required MaintenanceRunStatus Status { get; init; }

    /// <summary>True when a person requested it, false when it was scheduled.</summary>
    public required bool ByHand { get; init; }

    /// <summary>When it was requested, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a host last reported progress.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When work began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What was done so far.</summary>
    public CleanupCounts Counts { get; init; } = new();

    /// <summary>The days whose files could not be processed and were skipped.</summary>
    public IReadOnlyList<DateOnly> StuckDays { get; init; } = [];

    /// <summary>The days whose archives still contain deleted exports because processing failed; they were skipped.</summary>
    public IReadOnlyList<DateOnly> StuckArchives { get; init; } = [];

    /// <summary>Why it failed, or what it skipped, in words that are safe to show.</summary>
    public string? Problem { get; init; }

    /// <summary>The stored record's version.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ETag ETag { get; init; }
}

/// <summary>The states of a run.</summary>
public enum MaintenanceRunStatus
{
    /// <summary>Requested, and waiting for a host.</summary>
    Queued,

    /// <summary>A host is working on it, or a message is waiting to continue it.</summary>
    Running,

    /// <summary>Everything is done.</summary>
    Succeeded,

    /// <summary>It was given up; the problem has the reason. The next run continues where it ended.</summary>
    Failed,
}
