using Azure;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>
/// An export that is made again and again. An immutable picture of the stored record; a change is a copy that the store accepts only over
/// the picture it was made from.
/// </summary>
public sealed record Schedule
{
    /// <summary>The schedule's id, a version 7 GUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Whether runs are started, and why not.</summary>
    public required ScheduleState State { get; init; }

    /// <summary>When it is due.</summary>
    public required ScheduleTiming Timing { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>The accepted export request as JSON; read again, and checked again, for each run.</summary>
    public required string RequestJson { get; init; }

    /// <summary>
    /// What the request was checked against: its runs are read from that source, whichever host starts them. Null for a schedule that an
    /// earlier version made.
    /// </summary>
    public DatasetIdentity? CheckedAgainst { get; init; }

    /// <summary>
    /// The name that the request's filter is kept under where it is too large for the record; null when it isn't. The stores' own.
    /// </summary>
    internal string? LargeFilter { get; init; }

    /// <summary>What happens to runs that were missed while no host was there.</summary>
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    /// <summary>The most missed runs that are made up for, the latest ones, 1 to 100; for <see cref="MisfirePolicy.CatchUp"/>.</summary>
    public int MaxCatchUpRuns { get; init; } = 10;

    /// <summary>Whether a run starts while the one before is still running.</summary>
    public bool AllowOverlap { get; init; }

    /// <summary>Never due before this instant.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Never due after this instant.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The e-mail addresses of those who hear of its runs.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>After how many failed runs in a row it suspends itself, 1 to 100; 5 by default.</summary>
    public int SuspendAfter { get; init; } = 5;

    /// <summary>The failed runs since the last one that succeeded, or since it was resumed.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>Why it suspended itself, in words; null when it did not.</summary>
    public string? SuspendedBecause { get; init; }

    /// <summary>When it suspended itself, until those who are to hear of it were told.</summary>
    public DateTimeOffset? UntoldSuspension { get; init; }

    /// <summary>The next instant it is due, in UTC; null when it is paused or suspended, or never due again.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>The wall clock that <see cref="NextDue"/> stands for, in the schedule's zone; null when it is not known.</summary>
    public DateTime? NextDueWall { get; init; }

    /// <summary>Which rules of its zone <see cref="NextDue"/> was found by; null when it is not known.</summary>
    public string? ZoneRules { get; init; }

    /// <summary>The last due instant that was dealt with, in UTC.</summary>
    public DateTimeOffset? LastDue { get; init; }

    /// <summary>How many missed runs may still be made up for, while it catches up; null when it does not.</summary>
    public int? CatchUpsLeft { get; init; }

    /// <summary>
    /// The runs that history has not seen the end of: what was started and has not ended, and what was skipped a moment ago.
    /// </summary>
    public IReadOnlyList<ScheduleRun> OpenRuns { get; init; } = [];

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its owner changed it last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The stored record's version.</summary>
    public ETag ETag { get; init; }

    /// <summary>The instant that the stored record is listed under as due.</summary>
    internal DateTimeOffset? ListedDue { get; init; }

    /// <summary>Whether the stored record is listed as having open runs.</summary>
    internal bool IsListedOpen { get; init; }

    /// <summary>Whether a tick has to look after it, apart from what is due.</summary>
    internal bool IsOpen => OpenRuns.Count > 0 || UntoldSuspension is not null;

    /// <summary>Whether a run was started and has not ended, as far as is known.</summary>
    internal bool IsRunning => OpenRuns.Any(run => run.Outcome == ScheduleRunOutcome.Started);

    /// <summary>Whether one more run may start. Even where runs may overlap there is an end: the record holds them all.</summary>
    internal bool MayStart => AllowOverlap ? OpenRuns.Count < 100 : !IsRunning;
}

/// <summary>Whether a schedule starts runs, by its JSON name in lower case.</summary>
public enum ScheduleState
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>A user paused it.</summary>
    Paused,

    /// <summary>It suspended itself, after too many failed runs in a row.</summary>
    Suspended,
}

/// <summary>What happens to missed runs, by its JSON name in camel case.</summary>
public enum MisfirePolicy
{
    /// <summary>None is made up for.</summary>
    Skip,

    /// <summary>One run makes up for all of them.</summary>
    RunOnce,

    /// <summary>Each is made up for, up to a maximum.</summary>
    CatchUp,
}
