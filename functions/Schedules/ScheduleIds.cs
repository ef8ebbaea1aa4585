using ExportFunctions.Schedules;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Finds schedules by the id in a path, which may be any text.</summary>
internal static class ScheduleIds
{
    public static async Task<Schedule?> FindAsync(this IScheduleStore schedules, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var scheduleId) ? await schedules.FindAsync(scheduleId, cancellationToken) : null;
}
