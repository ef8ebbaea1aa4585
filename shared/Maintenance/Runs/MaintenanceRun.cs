using Azure;
using ExportFunctions.Maintenance.Cleanup;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>One run of the cleanup. An immutable picture of the stored record.</summary>
public sealed record MaintenanceRun
{
    /// <summary>The run's id, a version 7 GUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>The state.</summary>
    public required MaintenanceRunStatus Status { get; init; }

    /// <summary>True when somebody asked for it, false when it was its time.</summary>
    public required bool ByHand { get; init; }

    /// <summary>When it was asked for, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a host last said that it goes on.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When work began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What was done so far.</summary>
    public CleanupCounts Counts { get; init; } = new();

    /// <summary>The days whose files it could not deal with, and passed by.</summary>
    public IReadOnlyList<DateOnly> StuckDays { get; init; } = [];

    /// <summary>The days whose archives it could not remove deleted exports from, and passed by.</summary>
    public IReadOnlyList<DateOnly> StuckArchives { get; init; } = [];

    /// <summary>Why it failed, or what it passed by, in words that are safe to show.</summary>
    public string? Problem { get; init; }

    /// <summary>The stored record's version.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ETag ETag { get; init; }
}

/// <summary>The states of a run.</summary>
public enum MaintenanceRunStatus
{
    /// <summary>Asked for, and waiting for a host.</summary>
    Queued,

    /// <summary>A host is at it, or a message waits to go on with it.</summary>
    Running,

    /// <summary>All was done.</summary>
    Succeeded,

    /// <summary>It was given up; the problem says why. The next run goes on where it ended.</summary>
    Failed,
}
