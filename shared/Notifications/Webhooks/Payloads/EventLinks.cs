namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>The app's own link to the subject of an event. Never a signed one.</summary>
internal static class EventLinks
{
    /// <summary>The link.</summary>
    /// <param name="told">The event.</param>
    /// <param name="publicUrl">The app's public address.</param>
    public static string Of(WebhookEvent told, string publicUrl)
    {
        var root = $"{publicUrl.TrimEnd('/')}/api/v1";
        return told.Event switch
        {
            // There is no file to fetch.
            NotificationEvent.ExportFailed when told["exportId"] is { Length: > 0 } id => $"{root}/exports/{id}",
            NotificationEvent.ScheduleSuspended when told["scheduleId"] is { Length: > 0 } id => $"{root}/schedules/{id}",
            NotificationEvent.AlertRaised => $"{root}/alerts",
            _ when told["link"] is { Length: > 0 } link => link,
            _ => publicUrl.TrimEnd('/'),
        };
    }
}
