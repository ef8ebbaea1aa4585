namespace ExportFunctions.Schedules.Timing;

/// <summary>When a schedule is due, by wall clock in a time zone.</summary>
public sealed record ScheduleTiming
{
    /// <summary>How often.</summary>
    public required ScheduleFrequency Frequency { get; init; }

    /// <summary>The minute of the hour, 0 to 59, of an hourly schedule; null means 0.</summary>
    public int? Minute { get; init; }

    /// <summary>The time of day of a daily, weekly or monthly schedule; null means midnight.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>The day of a weekly schedule; null means Monday.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>The day of a monthly schedule, 1 to 31; a month without that day uses its last one. Null means the 1st.</summary>
    public int? DayOfMonth { get; init; }

    /// <summary>The cron expression of a custom schedule, with 5 fields, or 6 with seconds first.</summary>
    public string? Cron { get; init; }

    /// <summary>The IANA name of the time zone, such as <c>Europe/Athens</c>; <c>UTC</c> by default.</summary>
    public string TimeZone { get; init; } = "UTC";
}
