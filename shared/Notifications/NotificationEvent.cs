namespace ExportFunctions.Notifications;

/// <summary>The events that people are notified of.</summary>
public enum NotificationEvent
{
    /// <summary>A file is ready.</summary>
    ExportSucceeded,

    /// <summary>An export failed for good.</summary>
    ExportFailed,

    /// <summary>A file is about to expire.</summary>
    ExportExpiring,

    /// <summary>A schedule suspended itself.</summary>
    ScheduleSuspended,

    /// <summary>An attempt crossed a threshold.</summary>
    AlertRaised,

    /// <summary>A weekly report is ready.</summary>
    ReportWeekly,
}

/// <summary>The event names.</summary>
public static class NotificationEvents
{
    /// <summary>The event's name, such as <c>export.succeeded</c>.</summary>
    /// <param name="notificationEvent">The event.</param>
    public static string Name(this NotificationEvent notificationEvent) => notificationEvent switch
    {
        NotificationEvent.ExportSucceeded => "export.succeeded",
        NotificationEvent.ExportFailed => "export.failed",
        NotificationEvent.ExportExpiring => "export.expiring",
        NotificationEvent.ScheduleSuspended => "schedule.suspended",
        NotificationEvent.AlertRaised => "alert.raised",
        NotificationEvent.ReportWeekly => "report.weekly",
        _ => throw new ArgumentOutOfRangeException(nameof(notificationEvent), notificationEvent, message: null),
    };

    /// <summary>The event with a name; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static NotificationEvent? Find(string? name)
    {
        foreach (var candidate in Enum.GetValues<NotificationEvent>())
        {
            if (string.Equals(candidate.Name(), name, StringComparison.Ordinal))
                return candidate;
        }

        return null;
    }
}
