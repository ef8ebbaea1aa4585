namespace ExportFunctions.Schedules;

/// <summary>An entry of a schedule's history: a due instant and its outcome.</summary>
public sealed record ScheduleRun
{
    /// <summary>The schedule.</summary>
    public required Guid ScheduleId { get; init; }

    /// <summary>The instant it was due; for a manual run, when it was requested.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was handled; the difference from <see cref="DueAt"/> is how late the run was.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The outcome.</summary>
    public required ScheduleRunOutcome Outcome { get; init; }

    /// <summary>The export; null when none was started.</summary>
    public Guid? JobId { get; init; }

    /// <summary>True for a manual run requested by a user.</summary>
    public bool ByHand { get; init; }

    /// <summary>Distinguishes a manual run from others at the same moment; null for a regular run.</summary>
    public Guid? HandId { get; init; }

    /// <summary>The further due instants this entry stands for, 0 to 999: they are not counted beyond a thousand.</summary>
    public int Missed { get; init; }

    /// <summary>When the export ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed or was skipped, in words.</summary>
    public string? Reason { get; init; }
}

/// <summary>The outcome of a due instant; in JSON, the name in camel case.</summary>
public enum ScheduleRunOutcome
{
    /// <summary>The export was started, and has not ended.</summary>
    Started,

    /// <summary>The export succeeded.</summary>
    Succeeded,

    /// <summary>The export failed, or could not be started.</summary>
    Failed,

    /// <summary>The export was canceled or deleted.</summary>
    Canceled,

    /// <summary>Nothing was started: it was missed, and its schedule skips missed runs.</summary>
    SkippedMissed,

    /// <summary>Nothing was started: the previous run had not ended.</summary>
    SkippedOverlap,
}
