using System.Globalization;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Records;

/// <summary>
/// A history entry as a table entity: partition by schedule, row by inverted due instant, so that the table is sorted newest first. A
/// manual run has its own key beside those of regular runs.
/// </summary>
internal static class ScheduleRunEntity
{
    /// <summary>Reads history entries from entities.</summary>
    public static readonly TableRecords<ScheduleRun> Records = new(ToRun, Describe);

    public static string PartitionOf(Guid scheduleId) => scheduleId.ToString("N");

    public static string RowOf(ScheduleRun run) => run.ByHand ? $"{Inverted(run.DueAt)}-{run.HandId:N}" : Inverted(run.DueAt);

    /// <summary>The filter for runs due before an instant, for all schedules.</summary>
    public static string DueBefore(DateTimeOffset instant) => TableClient.CreateQueryFilter($"RowKey gt {Inverted(instant) + "."}");

    public static TableEntity Of(ScheduleRun run) => new TableEntity(PartitionOf(run.ScheduleId), RowOf(run))
    {
        ["dueAt"] = EntityValues.Text(run.DueAt),
        ["startedAt"] = EntityValues.Text(run.StartedAt),
        ["outcome"] = run.Outcome.Name(),
        ["jobId"] = run.JobId?.ToString("N") ?? "",
        ["byHand"] = run.ByHand,
        ["handId"] = run.HandId?.ToString("N") ?? "",
        ["missed"] = run.Missed,
        ["finishedAt"] = EntityValues.Text(run.FinishedAt),
        ["reason"] = run.Reason ?? "",
    }.WithoutEmpty();

    // The id of the export it started, since a run has no id of its own.
    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var ticks = long.MaxValue - long.Parse(entity.RowKey.Split('-')[0], CultureInfo.InvariantCulture);
        return (Guid.ParseExact(entity.GetString("jobId"), "N"), new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    private static ScheduleRun ToRun(TableEntity entity) => new()
    {
        ScheduleId = Guid.ParseExact(entity.PartitionKey, "N"),
        DueAt = entity.Instant("dueAt") ?? default,
        StartedAt = entity.Instant("startedAt") ?? default,
        Outcome = Enum.TryParse<ScheduleRunOutcome>(entity.GetString("outcome"), ignoreCase: true, out var outcome)
            ? outcome
            : throw new InvalidDataException("Its outcome is unknown."),
        JobId = entity.GetString("jobId") is { Length: > 0 } job ? Guid.ParseExact(job, "N") : null,
        ByHand = entity.GetBoolean("byHand") ?? false,
        HandId = entity.GetString("handId") is { Length: > 0 } hand ? Guid.ParseExact(hand, "N") : null,
        Missed = entity.GetInt32("missed") ?? 0,
        FinishedAt = entity.Instant("finishedAt"),
        Reason = entity.GetString("reason"),
    };

    private static string Inverted(DateTimeOffset instant) =>
        (long.MaxValue - instant.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
}
