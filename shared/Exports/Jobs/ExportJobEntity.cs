using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;

namespace ExportFunctions.Exports.Jobs;

/// <summary>A job as a table entity. Names that filters use are kept short and plain; values are UTC.</summary>
internal static class ExportJobEntity
{
    // A binary property holds 64 KiB; the request is cut into as many as it needs.
    private const int RequestChunkBytes = 60 * 1024;

    /// <summary>Every property but the request, which may have hundreds of kilobytes: what a page of many jobs is read with.</summary>
    public static IReadOnlyList<string> WithoutRequest { get; } =
    [
        .. ForUpdate(new ExportJob
        {
            Id = Guid.Empty,
            Status = ExportStatus.Queued,
            Dataset = "",
            Format = "",
            FileName = "",
            RequestJson = "",
            CreatedAt = default,
            EnqueuedAt = default,
        }).Keys,
    ];

    /// <summary>The entity of a new job, request included and what is empty left out.</summary>
    public static TableEntity ForCreation(ExportJob job)
    {
        var entity = ForUpdate(job);

        // A new job has hardly anything yet, and there is nothing to be merged over.
        foreach (var (name, _) in entity.Where(property => property.Value is "").ToList())
            entity.Remove(name);

        var request = Encoding.UTF8.GetBytes(job.RequestJson);
        for (var start = 0; start < request.Length; start += RequestChunkBytes)
            entity[RequestProperty(start / RequestChunkBytes)] = request.AsSpan(start, Math.Min(RequestChunkBytes, request.Length - start)).ToArray();

        return entity;
    }

    /// <summary>The entity of a changed job: everything but the request, which never changes, to be merged.</summary>
    public static TableEntity ForUpdate(ExportJob job)
    {
        var key = ExportJobKey.Of(job.Id);
        return new TableEntity(key.Partition, key.Row)
        {
            ["status"] = job.Status.Name(),
            ["dataset"] = job.Dataset,
            ["format"] = job.Format,
            ["fileName"] = job.FileName,
            ["createdAt"] = job.CreatedAt,
            ["enqueuedAt"] = job.EnqueuedAt,
            ["startedAt"] = Text(job.StartedAt),
            ["attemptStartedAt"] = Text(job.AttemptStartedAt),
            ["finishedAt"] = Text(job.FinishedAt),
            ["attempt"] = job.Attempt,
            ["failedAttempts"] = job.FailedAttempts,
            ["rowsExpected"] = job.RowsExpected ?? -1L,
            ["rowsWritten"] = job.RowsWritten,
            ["rowsPerSecond"] = job.RowsPerSecond,
            ["cancelRequested"] = job.CancelRequested,
            ["leaseOwner"] = job.LeaseOwner ?? "",
            ["leaseUntil"] = Text(job.LeaseUntil),
            ["error"] = Json(job.Error, ExportsJson.Default.ExportFailure),
            ["warnings"] = job.Warnings.Count == 0 ? "" : JsonSerializer.Serialize(job.Warnings, ExportsJson.Default.IReadOnlyCollectionFormatWarning),
            ["file"] = Json(job.File, ExportsJson.Default.ExportFile),
            ["idempotencyHash"] = job.IdempotencyHash ?? "",
            ["scheduleId"] = job.ScheduleId?.ToString("N") ?? "",
            ["dueAt"] = Text(job.DueAt),
            ["retries"] = job.Retries,
            ["retryAt"] = Text(job.RetryAt),
            ["archive"] = Json(job.Archive, ExportsJson.Default.ArchivedFile),
        };
    }

    /// <summary>The job of an entity.</summary>
    public static ExportJob ToJob(TableEntity entity) => new()
    {
        Id = ExportJobKey.IdOf(entity.RowKey),
        ETag = entity.ETag,
        Status = ExportStatuses.TryParse(entity.GetString("status"), out var status)
            ? status
            : throw new InvalidDataException($"The job {entity.RowKey} has an unknown status."),
        Dataset = entity.GetString("dataset"),
        Format = entity.GetString("format"),
        FileName = entity.GetString("fileName"),
        RequestJson = Request(entity),
        CreatedAt = entity.GetDateTimeOffset("createdAt") ?? default,
        EnqueuedAt = entity.GetDateTimeOffset("enqueuedAt") ?? default,
        StartedAt = Instant(entity, "startedAt"),
        AttemptStartedAt = Instant(entity, "attemptStartedAt"),
        FinishedAt = Instant(entity, "finishedAt"),
        Attempt = entity.GetInt32("attempt") ?? 0,
        FailedAttempts = entity.GetInt32("failedAttempts") ?? 0,
        RowsExpected = entity.GetInt64("rowsExpected") is long rows and >= 0 ? rows : null,
        RowsWritten = entity.GetInt64("rowsWritten") ?? 0,
        RowsPerSecond = entity.GetDouble("rowsPerSecond") ?? 0,
        CancelRequested = entity.GetBoolean("cancelRequested") ?? false,
        LeaseOwner = entity.GetString("leaseOwner") is { Length: > 0 } owner ? owner : null,
        LeaseUntil = Instant(entity, "leaseUntil"),
        Error = Value(entity, "error", ExportsJson.Default.ExportFailure),
        Warnings = Value(entity, "warnings", ExportsJson.Default.IReadOnlyCollectionFormatWarning) ?? [],
        File = Value(entity, "file", ExportsJson.Default.ExportFile),
        IdempotencyHash = entity.GetString("idempotencyHash") is { Length: > 0 } hash ? hash : null,
        ScheduleId = entity.GetString("scheduleId") is { Length: > 0 } schedule ? Guid.ParseExact(schedule, "N") : null,
        DueAt = Instant(entity, "dueAt"),
        Retries = entity.GetInt32("retries") ?? 0,
        RetryAt = Instant(entity, "retryAt"),
        Archive = Value(entity, "archive", ExportsJson.Default.ArchivedFile),
    };

    private static string RequestProperty(int chunk) => string.Create(CultureInfo.InvariantCulture, $"request{chunk}");

    private static string Request(TableEntity entity)
    {
        using var bytes = new MemoryStream();
        for (var chunk = 0; entity.GetBinary(RequestProperty(chunk)) is { } part; chunk++)
            bytes.Write(part);

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    // A merge leaves out properties that are null, so that "no value" must be a value: the empty string.
    private static string Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset? Instant(TableEntity entity, string property) =>
        entity.GetString(property) is { Length: > 0 } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : null;

    private static string Json<T>(T? value, JsonTypeInfo<T> type)
        where T : class =>
        value is null ? "" : JsonSerializer.Serialize(value, type);

    private static T? Value<T>(TableEntity entity, string property, JsonTypeInfo<T> type)
        where T : class =>
        entity.GetString(property) is { Length: > 0 } json ? JsonSerializer.Deserialize(json, type) : null;
}
