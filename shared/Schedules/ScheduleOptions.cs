using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Schedules;

/// <summary>Section <c>Schedules</c>: how schedules are run.</summary>
public sealed class ScheduleOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Schedules";

    /// <summary>How many schedules there may be, 1 to 100,000; 10,000 by default.</summary>
    [Range(1, 100_000, ErrorMessage = "Schedules:MaxSchedules must be from 1 to 100000.")]
    public int MaxSchedules { get; set; } = 10_000;

    /// <summary>
    /// How late a run may be before it counts as missed, 1 min to 1 day; 2 min by default. The timer ticks once a minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan MisfireAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many schedules are processed at a time, 1 to 64; 16 by default.</summary>
    [Range(1, 64)]
    public int AtATime { get; set; } = 16;

    /// <summary>How long history entries are kept, 1 to 3650 days; 90 by default.</summary>
    [Range(1, 3650)]
    public int HistoryDays { get; set; } = 90;
}
