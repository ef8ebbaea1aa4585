namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told.</summary>
public class TimerInfo
{
    /// <summary>The last and next occurrences.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True when the run is late.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>The occurrences around a timer run.</summary>
public class ScheduleStatus
{
    /// <summary>The last recorded run.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was last updated.</summary>
    public DateTime LastUpdated { get; set; }
}
