using System.Text.Json;
using System.Text.Json.Serialization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Requests;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Functions.Schedules;

/// <summary>A schedule that is not stored: how it was understood, and when it would be due.</summary>
internal sealed record SchedulePreviewResponse(
    string Name,
    bool Enabled,
    JsonElement Export,
    string Frequency,
    int? Minute,
    string? Time,
    string? Weekday,
    int? DayOfMonth,
    string? Cron,
    string TimeZone,
    string InWords,
    string Misfire,
    [property: JsonPropertyName("catchUpMost")] int MaxCatchUpRuns,
    int SuspendAfter,
    DateTime? StartsAt,
    DateTime? EndsAt,
    bool AllowOverlap,
    IReadOnlyList<string> Notify,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<OccurrenceResponse> Occurrences)
{
    public static SchedulePreviewResponse Of(ScheduleRequest schedule, IEnumerable<Occurrence> occurrences)
    {
        var timing = schedule.Timing;
        return new(
            schedule.Name,
            schedule.Enabled,
            StoredRequest.Parse(schedule.Export.Json).Json,
            timing.Frequency.Name(),
            timing.Minute,
            timing.Time?.Text(),
            timing.Weekday?.Name(),
            timing.DayOfMonth,
            timing.Cron,
            timing.TimeZone,
            timing.InWords(),
            schedule.Misfire.Name(),
            schedule.MaxCatchUpRuns,
            schedule.SuspendAfter,
            schedule.StartsAt?.UtcDateTime,
            schedule.EndsAt?.UtcDateTime,
            schedule.AllowOverlap,
            schedule.Notify,
            timing.Warnings(),
            [.. occurrences.Select(OccurrenceResponse.Of)]);
    }
}
