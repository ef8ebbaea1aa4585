namespace ExportFunctions.Schedules;

/// <summary>One entry of a schedule's history: a due instant, and what came of it.</summary>
public sealed record ScheduleRun
{
    /// <summary>The schedule.</summary>
    public required Guid ScheduleId { get; init; }

    /// <summary>The instant it was due; for a run by hand, when it was asked for.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was dealt with; its distance to <see cref="DueAt"/> is how late the run was.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What came of it.</summary>
    public required ScheduleRunOutcome Outcome { get; init; }

    /// <summary>The export; null when none was started.</summary>
    public Guid? JobId { get; init; }

    /// <summary>True for a run that a user asked for beside the rhythm.</summary>
    public bool ByHand { get; init; }

    /// <summary>What sets a run by hand apart from others of the same moment; null for a run of the rhythm.</summary>
    public Guid? HandId { get; init; }

    /// <summary>The due instants this entry stands for besides its own, 0 to 999: beyond a thousand they are not counted.</summary>
    public int Missed { get; init; }

    /// <summary>When the export ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed or was skipped, in words.</summary>
    public string? Reason { get; init; }
}

/// <summary>What came of a due instant, by its JSON name in camel case.</summary>
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

    /// <summary>Nothing was started: the run before had not ended.</summary>
    SkippedOverlap,
}
