namespace ExportFunctions.Schedules.Timing;

/// <summary>The instants at which a timing is due.</summary>
public sealed class Occurrences
{
    private Occurrences(TimeSpan period) => Period = period;

    private TimeSpan Period { get; }

    /// <summary>The occurrences of a timing.</summary>
    /// <param name="timing">The timing.</param>
    public static Occurrences For(ScheduleTiming timing) => new(timing.Frequency switch
    {
        ScheduleFrequency.Hourly => TimeSpan.FromHours(1),
        ScheduleFrequency.Daily => TimeSpan.FromDays(1),
        ScheduleFrequency.Custom => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromDays(7),
    });

    /// <summary>The first occurrence after an instant; null when there is none.</summary>
    /// <param name="after">The instant.</param>
    public Occurrence? Next(DateTimeOffset after)
    {
        var at = new DateTimeOffset(((after.UtcTicks / Period.Ticks) + 1) * Period.Ticks, TimeSpan.Zero);
        return new Occurrence(at, at.DateTime, TimeSpan.Zero, ClockChange.None);
    }
}
