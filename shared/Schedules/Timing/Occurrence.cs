namespace ExportFunctions.Schedules.Timing;

/// <summary>One instant at which a schedule is due.</summary>
/// <param name="At">The instant, in UTC.</param>
/// <param name="Local">The wall clock in the schedule's zone at that instant.</param>
/// <param name="Offset">The zone's offset from UTC at that instant.</param>
/// <param name="ClockChange">How a change of the zone's clock affected the requested time.</param>
public sealed record Occurrence(DateTimeOffset At, DateTime Local, TimeSpan Offset, ClockChange ClockChange)
{
    /// <summary>The wall-clock time the timing requests: differs from <see cref="Local"/> only where the clock skips it.</summary>
    public DateTime Wall { get; init; } = Local;
}

/// <summary>How a change of a zone's clock affected an occurrence.</summary>
public enum ClockChange
{
    /// <summary>It didn't.</summary>
    None,

    /// <summary>The requested time was skipped that day: it is due at the first valid instant after it.</summary>
    Gap,

    /// <summary>The requested time occurred twice that day: it is due once, the first time.</summary>
    Overlap,

    /// <summary>The clock was set back, and this is the second of two equal hours: a timing that names no hours is due in both.</summary>
    Repeat,
}
