using ExportFunctions.Exports.Jobs;
using ExportFunctions.Schedules;

namespace ExportFunctions.Functions.Schedules;

/// <summary>A due instant of a schedule, and its outcome.</summary>
internal sealed record ScheduleRunResponse(
    DateTime DueAt,
    DateTime StartedAt,
    double SecondsLate,
    string Outcome,
    Guid? ExportId,
    bool ByHand,
    int Missed,
    DateTime? FinishedAt,
    string? Reason)
{
    public static ScheduleRunResponse Of(ScheduleRun run) => new(
        run.DueAt.UtcDateTime,
        run.StartedAt.UtcDateTime,
        Math.Round(Math.Max((run.StartedAt - run.DueAt).TotalSeconds, 0), 3),
        run.Outcome.Name(),
        run.JobId,
        run.ByHand,
        run.Missed,
        run.FinishedAt?.UtcDateTime,
        run.Reason);
}

/// <summary>A manual run: its export's id, and where to follow it.</summary>
internal sealed record StartedRunResponse(Guid ExportId, string Url, Guid ScheduleId, DateTime StartedAt);
