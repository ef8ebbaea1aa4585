using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Turns a schedule as returned by the app into a request that replaces it.</summary>
internal static class ScheduleEdit
{
    // The fields of a schedule request; all others are derived from them.
    private static readonly string[] Fields =
    [
        "name", "export", "frequency", "minute", "time", "weekday", "dayOfMonth", "cron", "timeZone", "misfire", "catchUpMost",
        "suspendAfter",
        "startsAt", "endsAt", "allowOverlap", "notify", "enabled",
    ];

    /// <summary>The request.</summary>
    /// <param name="shown">The schedule as returned by the app.</param>
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
