using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Schedules.Records;

/// <summary>
/// Where schedules and their lists lie: in one partition, so that a schedule and its places in the lists change in one transaction.
/// No crash can part them.
/// </summary>
internal static class ScheduleKeys
{
    public const string Partition = "schedules";
    private const string SchedulePrefix = "schedule-";
    private const string DuePrefix = "due-";
    private const string OpenPrefix = "open-";

    // The sign after "-", which ends each prefix: the first key that comes after all those with it.
    public static string Schedules { get; } = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {SchedulePrefix} and RowKey lt {"schedule."}");

    public static string Open { get; } = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {OpenPrefix} and RowKey lt {"open."}");

    /// <summary>The row of a schedule: its id inverted, so that the table's order is newest first.</summary>
    public static string RowOf(Guid id) => SchedulePrefix + ExportJobKey.Of(id).Row;

    public static Guid IdOf(string row) => ExportJobKey.IdOf(row[SchedulePrefix.Length..]);

    /// <summary>The filter of what is due at an instant or before.</summary>
    public static string DueUntil(DateTimeOffset now) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {DuePrefix} and RowKey lt {DuePrefix + Ticks(now.UtcTicks + 1)}");

    public static string DueRow(Guid id, DateTimeOffset dueAt) => $"{DuePrefix}{Ticks(dueAt.UtcTicks)}-{id:N}";

    public static DueEntry ToDue(TableEntity entity)
    {
        var parts = entity.RowKey.Split('-');
        return new DueEntry(Guid.ParseExact(parts[2], "N"), new DateTimeOffset(long.Parse(parts[1], CultureInfo.InvariantCulture), TimeSpan.Zero), entity.ETag);
    }

    public static string OpenRow(Guid id) => $"{OpenPrefix}{id:N}";

    public static Guid OpenIdOf(string row) => Guid.ParseExact(row[OpenPrefix.Length..], "N");

    /// <summary>What changes in the lists, from what they hold to what the schedule says.</summary>
    public static IEnumerable<TableTransactionAction> ListChanges(Schedule schedule)
    {
        if (schedule.NextDue != schedule.ListedDue)
        {
            if (schedule.NextDue is { } next)
                yield return Listed(DueRow(schedule.Id, next));
            if (schedule.ListedDue is { } listed)
                yield return Unlisted(DueRow(schedule.Id, listed));
        }

        var isOpen = schedule.OpenRuns.Count > 0;
        if (isOpen != schedule.IsListedOpen)
            yield return isOpen ? Listed(OpenRow(schedule.Id)) : Unlisted(OpenRow(schedule.Id));
    }

    private static TableTransactionAction Listed(string row) => new(TableTransactionActionType.UpsertReplace, new TableEntity(Partition, row));

    private static TableTransactionAction Unlisted(string row) => new(TableTransactionActionType.Delete, new TableEntity(Partition, row), ETag.All);

    private static string Ticks(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);
}
