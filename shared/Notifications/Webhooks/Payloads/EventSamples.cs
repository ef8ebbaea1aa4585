namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>
/// Sample events for testing webhooks and checking templates. Some values contain what breaks a careless template: quotes, thousands
/// separators.
/// </summary>
internal static class EventSamples
{
    private const string Id = "019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21";

    private static readonly (string Name, string Value)[] Export =
    [
        ("exportId", Id), (
            "dataset", "students"), ("format", "csv"), ("fileName", "students \"2026\".csv"), ("rows", "12,500"), ("size", "1.8 MB"),
        ("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"), (
            "expires", "2026-10-01 08:00 UTC"), ("asked", "2026-09-01 08:00 UTC"),
        ("reason", ""), ("code", ""), ("schedule", "The registrar's \"nightly\" export"),
    ];

    private static readonly (string Name, string Value)[] Schedule =
    [
        ("scheduleId", Id), ("schedule", "The registrar's \"nightly\" export"), (
            "inWords", "every day at 00:00"), ("dataset", "students"), ("format", "csv"),
        ("reason", "5 runs in a row failed. The last reason: \"no such table\""),
    ];

    private static readonly (string Name, string Value)[] Alert =
    [
        ("alertId", Id), ("rule", "Slow \"students\""), (
            "metric", "duration"), ("value", "75.2"), ("threshold", "60"), ("dataset", "students"), ("format", "csv"), ("exportId", Id),
        ("raised", "2026-09-01 08:00 UTC"), ("message", "The export of \"students\" took 75.2 s; the rule allows 60 s."),
    ];

    private static readonly (string Name, string Value)[] Weekly =
    [
        ("title", "Exports of the \"week\""), ("from", "2026-08-24"), ("to", "2026-08-30"), ("exports", "1,250"), (
            "succeeded", "1,240"), ("failed", "10"), ("successRate", "99.2 %"), ("rows", "3,400,000"), ("size", "2.1 GB"),
    ];

    /// <summary>The names of all event values, and those available to every template.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "id", "type", "status", "timestamp", "test", "link",
        .. Export.Concat(Schedule).Concat(Alert).Concat(Weekly).Select(value => value.Name).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The values of a sample.</summary>
    /// <param name="notificationEvent">The event.</param>
    /// <param name="publicUrl">The app's public address.</param>
    public static Dictionary<string, string> Of(NotificationEvent notificationEvent, string publicUrl)
    {
        var values = notificationEvent switch
        {
            NotificationEvent.ScheduleSuspended => Schedule,
            NotificationEvent.AlertRaised => Alert,
            NotificationEvent.ReportWeekly => Weekly,
            _ => Export,
        };
        var sample = values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
        switch (notificationEvent)
        {
            case NotificationEvent.ExportFailed:
                sample["reason"] = "The table \"students\" is gone.";
                sample["code"] = "source_failed";
                break;
            case NotificationEvent.ReportWeekly:
                sample["link"] = $"{publicUrl.TrimEnd('/')}/api/v1/performance/report?from=2026-08-24&to=2026-08-30";
                break;
            case NotificationEvent.ExportSucceeded or NotificationEvent.ExportExpiring:
                sample["link"] = $"{publicUrl.TrimEnd('/')}/api/v1/exports/{Id}/file";
                break;
            default:
                break;
        }

        return sample;
    }
}
