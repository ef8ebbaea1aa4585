using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules.Requests;

/// <summary>A schedule as its owner asks for it, checked in full.</summary>
public sealed record ScheduleRequest
{
    /// <summary>What people call it, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The export that is made.</summary>
    public required ExportRequest Export { get; init; }

    /// <summary>When it is due.</summary>
    public required ScheduleTiming Timing { get; init; }

    /// <summary>Whether runs are started; false makes a paused schedule.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What happens to runs that were missed.</summary>
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    /// <summary>The most missed runs that are made up for, 1 to 100.</summary>
    public int MaxCatchUpRuns { get; init; } = 10;

    /// <summary>After how many failed runs in a row it suspends itself, 1 to 100.</summary>
    public int SuspendAfter { get; init; } = 5;

    /// <summary>Never due before this instant.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Never due after this instant.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether a run starts while the one before is still running.</summary>
    public bool AllowOverlap { get; init; }

    /// <summary>The e-mail addresses of those who hear of its runs, at most 20.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];
}
