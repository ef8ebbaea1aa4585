namespace ExportFunctions.Schedules.Timing;

/// <summary>How often a schedule is due; in JSON, the name in lower case.</summary>
public enum ScheduleFrequency
{
    /// <summary>Every hour, on the hour.</summary>
    Hourly,

    /// <summary>Every day, at midnight.</summary>
    Daily,

    /// <summary>Every week, on Monday at midnight.</summary>
    Weekly,

    /// <summary>Every month, on the 1st at midnight.</summary>
    Monthly,

    /// <summary>As specified by a cron expression.</summary>
    Custom,
}
