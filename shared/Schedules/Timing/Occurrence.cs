namespace ExportFunctions.Schedules.Timing;

/// <summary>One instant at which a schedule is due.</summary>
/// <param name="At">The instant, in UTC.</param>
/// <param name="Local">The wall clock in the schedule's zone at that instant.</param>
/// <param name="Offset">The zone's offset from UTC at that instant.</param>
/// <param name="ClockChange">Whether the zone's clock was changed at the asked-for time.</param>
public sealed record Occurrence(DateTimeOffset At, DateTime Local, TimeSpan Offset, ClockChange ClockChange)
{
    /// <summary>The wall clock that the timing asks for: another than <see cref="Local"/> only where the clock skips it.</summary>
    public DateTime Wall { get; init; } = Local;
}

/// <summary>What a change of a zone's clock did to an occurrence.</summary>
public enum ClockChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The asked-for time was skipped that day: it is due at the first valid instant after it.</summary>
    Gap,

    /// <summary>The asked-for time came twice that day: it is due once, the first time.</summary>
    Overlap,

    /// <summary>The clock was put back, and this is the second of two equal hours: a timing that names no hours is due in both.</summary>
    Repeat,
}
