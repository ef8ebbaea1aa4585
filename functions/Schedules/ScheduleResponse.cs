using System.Text.Json;
using System.Text.Json.Serialization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Functions.Schedules;

/// <summary>A schedule as the API shows it.</summary>
internal sealed record ScheduleResponse(
    Guid Id,
    string Name,
    string State,
    bool Enabled,
    JsonElement Export,
    ExportCheckedAgainstResponse? CheckedAgainst,
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
    DateTime? NextDue,
    DateTime? LastDue,
    int FailuresInARow,
    string? SuspendedBecause,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    public static ScheduleResponse Of(Schedule schedule)
    {
        var timing = schedule.Timing;
        return new(
            schedule.Id,
            schedule.Name,
            schedule.State.Name(),
            schedule.State != ScheduleState.Paused,
            StoredRequest.Parse(schedule.RequestJson).Json,
            schedule.CheckedAgainst is { } checkedAgainst ? ExportCheckedAgainstResponse.Of(checkedAgainst) : null,
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
            schedule.NextDue?.UtcDateTime,
            schedule.LastDue?.UtcDateTime,
            schedule.FailuresInARow,
            schedule.SuspendedBecause,
            schedule.CreatedAt.UtcDateTime,
            schedule.UpdatedAt.UtcDateTime);
    }
}
