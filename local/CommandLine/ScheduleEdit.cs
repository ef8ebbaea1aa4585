using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Makes of a schedule as the app shows it the schedule that is to take its place.</summary>
internal static class ScheduleEdit
{
    // What a schedule is asked for with; all else follows from it.
    private static readonly string[] Fields =
    [
        "name", "export", "frequency", "minute", "time", "weekday", "dayOfMonth", "cron", "timeZone", "misfire", "catchUpMost",
        "suspendAfter",
        "startsAt", "endsAt", "allowOverlap", "notify", "enabled",
    ];

    /// <summary>What was asked for.</summary>
    /// <param name="shown">The schedule as the app shows it.</param>
    public static JsonObject RequestOf(JsonNode shown)
    {
        var request = new JsonObject();
        foreach (var field in Fields)
        {
            if (shown[field] is { } value)
                request[field] = value.DeepClone();
        }

        return request;
    }
}
