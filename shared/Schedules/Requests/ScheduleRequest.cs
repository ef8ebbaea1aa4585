using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules.Requests;

/// <summary>A fully validated schedule as requested by its owner.</summary>
public sealed record ScheduleRequest
{
    /// <summary>Its display name, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The export to run.</summary>
    public required ExportRequest Export { get; init; }

    /// <summary>When it is due.</summary>
    public required ScheduleTiming Timing { get; init; }

    /// <summary>Whether to start runs; false creates a paused schedule.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How to handle missed runs.</summary>
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    /// <summary>The most missed runs to make up for, 1 to 100.</summary>
    public int MaxCatchUpRuns { get; init; } = 10;

    /// <summary>The number of failed runs in a row after which it suspends itself, 1 to 100.</summary>
    public int SuspendAfter { get; init; } = 5;

    /// <summary>Never due before this instant.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Never due after this instant.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether a run may start while the previous one is still running.</summary>
    public bool AllowOverlap { get; init; }

    /// <summary>The e-mail addresses to notify about its runs, at most 20.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];
}
