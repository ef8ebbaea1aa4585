using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules.Timing;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Records;

/// <summary>A schedule as a table entity; times are UTC.</summary>
internal static class ScheduleEntity
{
    /// <summary>Reads schedules from entities, including their requests.</summary>
    public static readonly TableRecords<Schedule> WithRequest = new(ToWholeSchedule, Describe);

    /// <summary>Reads schedules from entities loaded without their requests.</summary>
    public static readonly TableRecords<Schedule> Parts = new(ToSchedule, Describe);

    private const string Request = "request";

    // A merge keeps omitted properties.
    private const int NotCatchingUp = -1;

    /// <summary>Every property except the request, which may take hundreds of kilobytes: used to read pages of schedules.</summary>
    public static IReadOnlyList<string> WithoutRequest { get; } =
    [
        .. ForUpdate(new Schedule
        {
            Id = Guid.Empty,
            Name = "",
            State = ScheduleState.Active,
            Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Daily },
            Dataset = "",
            Format = "",
            RequestJson = "",
            CreatedAt = default,
            UpdatedAt = default,
        }).Keys,
    ];

    /// <summary>The entity of a new or replaced schedule, including the request.</summary>
    public static TableEntity Whole(Schedule schedule)
    {
        var entity = ForUpdate(schedule).WithoutEmpty();
        TextChunks.Write(entity, Request, schedule.RequestJson);
        return entity;
    }

    /// <summary>Everything except the request, to be merged.</summary>
    public static TableEntity ForUpdate(Schedule schedule) => new(ScheduleKeys.PartitionOf(schedule.Id), ScheduleKeys.RowOf(schedule.Id))
    {
        ["name"] = schedule.Name,
        ["state"] = schedule.State.Name(),
        ["timing"] = EntityValues.Json(schedule.Timing, SchedulesJson.Default.ScheduleTiming),
        ["dataset"] = schedule.Dataset,
        ["format"] = schedule.Format,
        ["checkedAgainst"] = EntityValues.Json(schedule.CheckedAgainst, SchedulesJson.Default.DatasetIdentity),
        ["misfire"] = schedule.Misfire.Name(),
        ["catchUpMost"] = schedule.MaxCatchUpRuns,
        ["allowOverlap"] = schedule.AllowOverlap,
        ["startsAt"] = EntityValues.Text(schedule.StartsAt),
        ["endsAt"] = EntityValues.Text(schedule.EndsAt),
        ["notify"] = schedule.Notify.Count == 0 ? "" : JsonSerializer.Serialize(schedule.Notify, SchedulesJson.Default.IReadOnlyListString),
        ["suspendAfter"] = schedule.SuspendAfter,
        ["failuresInARow"] = schedule.FailuresInARow,
        ["suspendedBecause"] = schedule.SuspendedBecause ?? "",
        ["untoldSuspension"] = EntityValues.Text(schedule.UntoldSuspension),
        ["nextDue"] = EntityValues.Text(schedule.NextDue),
        ["nextDueWall"] = schedule.NextDueWall?.ToString("s", CultureInfo.InvariantCulture) ?? "",
        ["zoneRules"] = schedule.ZoneRules ?? "",
        ["lastDue"] = EntityValues.Text(schedule.LastDue),
        ["catchUpsLeft"] = schedule.CatchUpsLeft ?? NotCatchingUp,
        ["openRuns"] =
            schedule.OpenRuns.Count == 0 ? "" : JsonSerializer.Serialize(schedule.OpenRuns, SchedulesJson.Default.IReadOnlyListScheduleRun),
        ["createdAt"] = EntityValues.Text(schedule.CreatedAt),
        ["updatedAt"] = EntityValues.Text(schedule.UpdatedAt),
    };

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var id = ScheduleKeys.IdOf(entity.RowKey);
        return (id, NewestFirstKey.TimeOf(id));
    }

    private static Schedule ToWholeSchedule(TableEntity entity)
    {
        var schedule = ToSchedule(entity);
        return StoredRequest.IsReadable(schedule.RequestJson) ? schedule : throw new InvalidDataException(StoredRequest.Unreadable);
    }

    /// <summary>Reads a schedule from an entity, with its request as recorded.</summary>
    private static Schedule ToSchedule(TableEntity entity)
    {
        var nextDue = entity.Instant("nextDue");
        var openRuns = entity.Json("openRuns", SchedulesJson.Default.IReadOnlyListScheduleRun) ?? [];
        var schedule = new Schedule
        {
            Id = ScheduleKeys.IdOf(entity.RowKey),
            ETag = entity.ETag,
            Name = entity.Required("name"),
            State = Value<ScheduleState>(entity, "state"),
            Timing = entity.Json("timing", SchedulesJson.Default.ScheduleTiming)
                ?? throw new InvalidDataException("Its timing is missing."),
            Dataset = entity.Required("dataset"),
            Format = entity.Required("format"),
            RequestJson = TextChunks.Read(entity, Request),
            CheckedAgainst = entity.Json("checkedAgainst", SchedulesJson.Default.DatasetIdentity),
            Misfire = Value<MisfirePolicy>(entity, "misfire"),
            MaxCatchUpRuns = entity.GetInt32("catchUpMost") ?? 1,
            AllowOverlap = entity.GetBoolean("allowOverlap") ?? false,
            StartsAt = entity.Instant("startsAt"),
            EndsAt = entity.Instant("endsAt"),
            Notify = entity.Json("notify", SchedulesJson.Default.IReadOnlyListString) ?? [],
            SuspendAfter = entity.GetInt32("suspendAfter") ?? 1,
            FailuresInARow = entity.GetInt32("failuresInARow") ?? 0,
            SuspendedBecause = entity.GetString("suspendedBecause") is { Length: > 0 } reason ? reason : null,
            UntoldSuspension = entity.Instant("untoldSuspension"),
            NextDue = nextDue,
            NextDueWall = DateTime.TryParseExact(
                entity.GetString("nextDueWall"), "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)
                ? wall
                : null,
            ZoneRules = entity.GetString("zoneRules") is { Length: > 0 } rules ? rules : null,
            LastDue = entity.Instant("lastDue"),
            CatchUpsLeft = entity.GetInt32("catchUpsLeft") is { } left and not NotCatchingUp ? left : null,
            OpenRuns = openRuns,
            CreatedAt = entity.Instant("createdAt") ?? default,
            UpdatedAt = entity.Instant("updatedAt") ?? default,
            ListedDue = nextDue,
        };
        return schedule with { IsListedOpen = schedule.IsOpen };
    }

    private static T Value<T>(TableEntity entity, string property)
        where T : struct, Enum =>
        Enum.TryParse<T>(entity.GetString(property), ignoreCase: true, out var value)
            ? value
            : throw new InvalidDataException($"Its {property} is unknown.");
}
