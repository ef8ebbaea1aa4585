using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Records;

/// <summary>
/// Table keys of schedules and their lists: each schedule shares a partition with its list entries, so that they change in one transaction
/// and no crash can leave them inconsistent. The last digit of the id, which is random, spreads the load over sixteen partitions. More
/// would make each query for due schedules slower; with a single one Azurite, which scans the partition for every row, takes minutes with
/// 10,000 schedules.
/// </summary>
internal static class ScheduleKeys
{
    private const string SchedulePrefix = "schedule-";
    private const string DuePrefix = "due-";
    private const string OpenPrefix = "open-";

    /// <summary>All the partitions.</summary>
    public static IReadOnlyList<string> Partitions { get; } = [.. "0123456789abcdef".Select(digit => $"schedules-{digit}")];

    public static string PartitionOf(Guid id) => $"schedules-{id.ToString("N")[^1]}";

    // Each prefix ends with "-", and "." is the next character: a filter's upper bound is the first key after all those with the prefix.

    /// <summary>The filter for a partition's schedules that come after a row.</summary>
    public static string SchedulesAfter(string partition, string? row) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {row ?? SchedulePrefix} and RowKey ge {SchedulePrefix} and RowKey lt {"schedule."}");

    /// <summary>The filter for a partition's schedules that start runs.</summary>
    public static string Active(string partition) =>
        SchedulesAfter(partition, row: null) + " and " + TableClient.CreateQueryFilter($"state eq {ScheduleState.Active.Name()}");

    /// <summary>The filter for a partition's schedules that have open runs.</summary>
    public static string Open(string partition) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {OpenPrefix} and RowKey lt {"open."}");

    /// <summary>The filter for a partition's entries due at or before an instant.</summary>
    public static string DueUntil(string partition, DateTimeOffset now) =>
        TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {DuePrefix} and RowKey lt {DuePrefix + Ticks(now.UtcTicks + 1)}");

    /// <summary>The row of a schedule: its id inverted, so that the table is sorted newest first.</summary>
    public static string RowOf(Guid id) => SchedulePrefix + NewestFirstKey.Of(id).Row;

    public static Guid IdOf(string row) => NewestFirstKey.IdOf(row[SchedulePrefix.Length..]);

    public static string DueRow(Guid id, DateTimeOffset dueAt) => $"{DuePrefix}{Ticks(dueAt.UtcTicks)}-{id:N}";

    /// <summary>Reads a due entry from a row; null when the row isn't one.</summary>
    public static DueEntry? ToDue(TableEntity entity) =>
        entity.RowKey.Split('-') is [_, var ticks, var id]
        && Guid.TryParseExact(id, "N", out var scheduleId)
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var dueAt)
        && dueAt <= DateTimeOffset.MaxValue.Ticks
            ? new DueEntry(scheduleId, new DateTimeOffset(dueAt, TimeSpan.Zero), entity.ETag)
            : null;

    public static string OpenRow(Guid id) => $"{OpenPrefix}{id:N}";

    /// <summary>Parses the schedule's id from a row key; null when there is none.</summary>
    public static Guid? OpenIdOf(string row) => Guid.TryParseExact(row[OpenPrefix.Length..], "N", out var id) ? id : null;

    /// <summary>The changes that bring the lists from their current entries to what the schedule requires.</summary>
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
