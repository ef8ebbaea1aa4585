using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Records;

/// <summary>
/// Where schedules and their lists lie: each schedule and its places in the lists in one partition, so that they change in one transaction
/// and no crash can part them. Sixteen partitions share the work, by the last digit of the id, which is random. More of them would make
/// each look for what is due longer; with one alone Azurite, which walks through a partition for every row, takes minutes with 10,000
/// schedules.
/// </summary>
internal static class ScheduleKeys
{
    private const string SchedulePrefix = "schedule-";
    private const string DuePrefix = "due-";
    private const string OpenPrefix = "open-";

    /// <summary>All the partitions.</summary>
    public static IReadOnlyList<string> Partitions { get; } = [.. "0123456789abcdef".Select(digit => $"schedules-{digit}")];

    public static string PartitionOf(Guid id) => $"schedules-{id.ToString("N")[^1]}";

    // A filter ends with the sign after "-", which ends each prefix: the first key that comes after all those with it.

    /// <summary>The filter of the schedules of a partition that come after a row.</summary>
    public static string SchedulesAfter(string partition, string? row) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {row ?? SchedulePrefix} and RowKey ge {SchedulePrefix} and RowKey lt {"schedule."}");

    /// <summary>The filter of the schedules of a partition that start runs.</summary>
    public static string Active(string partition) =>
        SchedulesAfter(partition, row: null) + " and " + TableClient.CreateQueryFilter($"state eq {ScheduleState.Active.Name()}");

    /// <summary>The filter of the schedules of a partition that have open runs.</summary>
    public static string Open(string partition) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {OpenPrefix} and RowKey lt {"open."}");

    /// <summary>The filter of what is due in a partition, at an instant or before.</summary>
    public static string DueUntil(string partition, DateTimeOffset now) =>
        TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {DuePrefix} and RowKey lt {DuePrefix + Ticks(now.UtcTicks + 1)}");

    /// <summary>The row of a schedule: its id inverted, so that the table's order is newest first.</summary>
    public static string RowOf(Guid id) => SchedulePrefix + NewestFirstKey.Of(id).Row;

    public static Guid IdOf(string row) => NewestFirstKey.IdOf(row[SchedulePrefix.Length..]);

    public static string DueRow(Guid id, DateTimeOffset dueAt) => $"{DuePrefix}{Ticks(dueAt.UtcTicks)}-{id:N}";

    /// <summary>The entry of a row; null when it is none.</summary>
    public static DueEntry? ToDue(TableEntity entity) =>
        entity.RowKey.Split('-') is [_, var ticks, var id]
        && Guid.TryParseExact(id, "N", out var scheduleId)
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var dueAt)
        && dueAt <= DateTimeOffset.MaxValue.Ticks
            ? new DueEntry(scheduleId, new DateTimeOffset(dueAt, TimeSpan.Zero), entity.ETag)
            : null;

    public static string OpenRow(Guid id) => $"{OpenPrefix}{id:N}";

    /// <summary>The schedule's id of a row; null when it is none's.</summary>
    public static Guid? OpenIdOf(string row) => Guid.TryParseExact(row[OpenPrefix.Length..], "N", out var id) ? id : null;

    /// <summary>What changes in the lists, from what they hold to what the schedule says.</summary>
    public static IEnumerable<TableTransactionAction> ListChanges(Schedule schedule)
    {
        var partition = PartitionOf(schedule.Id);
        if (schedule.NextDue != schedule.ListedDue)
        {
            if (schedule.NextDue is { } next)
                yield return Listed(partition, DueRow(schedule.Id, next));
            if (schedule.ListedDue is { } listed)
                yield return Unlisted(partition, DueRow(schedule.Id, listed));
        }

        if (schedule.IsOpen != schedule.IsListedOpen)
            yield return schedule.IsOpen ? Listed(partition, OpenRow(schedule.Id)) : Unlisted(partition, OpenRow(schedule.Id));
    }

    private static TableTransactionAction Listed(string partition, string row) =>
        new(TableTransactionActionType.UpsertReplace, new TableEntity(partition, row));

    private static TableTransactionAction Unlisted(string partition, string row) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, row), ETag.All);

    private static string Ticks(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);
}
