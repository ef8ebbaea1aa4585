using Azure;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>
/// A recurring export. An immutable snapshot of the stored record; a change is a copy that the store accepts only if the record is still
/// the one the copy was made from.
/// </summary>
public sealed record Schedule
{
    /// <summary>The schedule's id, a version 7 GUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its display name, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it starts runs, and if not, why.</summary>
    public required ScheduleState State { get; init; }

    /// <summary>When it is due.</summary>
    public required ScheduleTiming Timing { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>The accepted export request as JSON; read and validated again for each run.</summary>
    public required string RequestJson { get; init; }

    /// <summary>
    /// The dataset the request was validated against: its runs read from that source, whichever host starts them. Null for a schedule
    /// created by an earlier version.
    /// </summary>
    public DatasetIdentity? CheckedAgainst { get; init; }

    /// <summary>
    /// The name under which the request's filter is stored when it is too large for the record; otherwise null. Used by the stores only.
    /// </summary>
    internal string? LargeFilter { get; init; }

    /// <summary>How to handle runs that were missed while no host was running.</summary>
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    /// <summary>The most missed runs to make up for, starting from the latest, 1 to 100; for <see cref="MisfirePolicy.CatchUp"/>.</summary>
    public int MaxCatchUpRuns { get; init; } = 10;

    /// <summary>Whether a run may start while the previous one is still running.</summary>
    public bool AllowOverlap { get; init; }

    /// <summary>Never due before this instant.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Never due after this instant.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The e-mail addresses to notify about its runs.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>The number of failed runs in a row after which it suspends itself, 1 to 100; 5 by default.</summary>
    public int SuspendAfter { get; init; } = 5;

    /// <summary>The failed runs since the last successful one, or since it was resumed.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>Why it suspended itself, in words; null when it didn't.</summary>
    public string? SuspendedBecause { get; init; }

    /// <summary>When it suspended itself; set until the listeners have been notified.</summary>
    public DateTimeOffset? UntoldSuspension { get; init; }

    /// <summary>The next due instant, in UTC; null when it is paused or suspended, or never due again.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>The wall-clock time that <see cref="NextDue"/> stands for, in the schedule's zone; null when unknown.</summary>
    public DateTime? NextDueWall { get; init; }

    /// <summary>The zone rules that <see cref="NextDue"/> was computed with; null when unknown.</summary>
    public string? ZoneRules { get; init; }

    /// <summary>The last due instant handled, in UTC.</summary>
    public DateTimeOffset? LastDue { get; init; }

    /// <summary>How many missed runs it may still make up for while it catches up; null when it isn't catching up.</summary>
    public int? CatchUpsLeft { get; init; }

    /// <summary>Runs not yet closed in the history: those started and not ended, and those just skipped.</summary>
    public IReadOnlyList<ScheduleRun> OpenRuns { get; init; } = [];

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its owner last changed it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The stored record's version.</summary>
    public ETag ETag { get; init; }

    /// <summary>The due instant under which the stored record is listed.</summary>
    internal DateTimeOffset? ListedDue { get; init; }

    /// <summary>Whether the stored record is listed as having open runs.</summary>
    internal bool IsListedOpen { get; init; }

    /// <summary>Whether a tick has to process it for reasons other than being due.</summary>
    internal bool IsOpen => OpenRuns.Count > 0 || UntoldSuspension is not null;

    /// <summary>Whether a run has started and, as far as is known, not ended.</summary>
    internal bool IsRunning => OpenRuns.Any(run => run.Outcome == ScheduleRunOutcome.Started);

    /// <summary>Whether another run may start. There is a limit even where runs may overlap, since the record holds them all.</summary>
    internal bool MayStart => AllowOverlap ? OpenRuns.Count < 100 : !IsRunning;
}

/// <summary>Whether a schedule starts runs; in JSON, the name in lower case.</summary>
public enum ScheduleState
{
    /// <summary>It starts runs.</summary>
    Active,

    /// <summary>A user paused it.</summary>
    Paused,

    /// <summary>It suspended itself, after too many failed runs in a row.</summary>
    Suspended,
}

/// <summary>How to handle missed runs; in JSON, the name in camel case.</summary>
public enum MisfirePolicy
{
    /// <summary>None is made up for.</summary>
    Skip,

    /// <summary>One run makes up for all of them.</summary>
    RunOnce,

    /// <summary>Each is made up for, up to a maximum.</summary>
    CatchUp,
}
