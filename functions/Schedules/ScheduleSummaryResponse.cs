using ExportFunctions.Exports.Jobs;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Functions.Schedules;

/// <summary>A schedule in a list: its export is shown only by dataset and format, since filters may be long.</summary>
internal sealed record ScheduleSummaryResponse(
    Guid Id,
    string Name,
    string State,
    bool Enabled,
    string Dataset,
    string Format,
    string InWords,
    DateTime? NextDue,
    DateTime? LastDue,
    int FailuresInARow,
    string? SuspendedBecause,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    public static ScheduleSummaryResponse Of(Schedule schedule) => new(
        schedule.Id,
        schedule.Name,
        schedule.State.Name(),
        schedule.State != ScheduleState.Paused,
        schedule.Dataset,
        schedule.Format,
        schedule.Timing.InWords(),
        schedule.NextDue?.UtcDateTime,
        schedule.LastDue?.UtcDateTime,
        schedule.FailuresInARow,
        schedule.SuspendedBecause,
        schedule.CreatedAt.UtcDateTime,
        schedule.UpdatedAt.UtcDateTime);
}
