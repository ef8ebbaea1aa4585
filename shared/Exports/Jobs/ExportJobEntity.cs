using System.Text.Json;
using Azure.Data.Tables;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Jobs;

/// <summary>A job as a table entity. Property names used in filters are short and plain; times are UTC.</summary>
internal static class ExportJobEntity
{
    /// <summary>Reads jobs from entities, including their requests.</summary>
    public static readonly TableRecords<ExportJob> WithRequest = new(ToWholeJob, Describe);

    /// <summary>Reads jobs from entities loaded without their requests.</summary>
    public static readonly TableRecords<ExportJob> Parts = new(ToJob, Describe);

    private const string Request = "request";
    private const string Columns = "columns";
    private const string FilterInWords = "filterInWords";

    /// <summary>
    /// Every property except the request and its columns, which may take hundreds of kilobytes: used to read pages of many jobs.
    /// </summary>
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

    /// <summary>The entity of a new job, including the request and omitting empty values.</summary>
    public static TableEntity ForCreation(ExportJob job)
    {
        var entity = ForUpdate(job).WithoutEmpty();
        TextChunks.Write(entity, Request, job.RequestJson);
        TextChunks.Write(entity, Columns, string.Join(',', job.AllColumns));
        if (job.FilterInWords is not null)
            entity[FilterInWords] = job.FilterInWords;
        return entity;
    }

    /// <summary>The entity of a changed job, to be merged: everything except the request and its columns, which never change.</summary>
    public static TableEntity ForUpdate(ExportJob job)
    {
        var key = NewestFirstKey.Of(job.Id);
        return new TableEntity(key.Partition, key.Row)
        {
            ["status"] = job.Status.Name(),
            ["dataset"] = job.Dataset,
            ["format"] = job.Format,
            ["fileName"] = job.FileName,
            ["createdAt"] = job.CreatedAt,
            ["enqueuedAt"] = job.EnqueuedAt,
            ["startedAt"] = EntityValues.Text(job.StartedAt),
            ["attemptStartedAt"] = EntityValues.Text(job.AttemptStartedAt),
            ["finishedAt"] = EntityValues.Text(job.FinishedAt),
            ["attempt"] = job.Attempt,
            ["failedAttempts"] = job.FailedAttempts,
            ["rowsExpected"] = job.RowsExpected ?? -1L,
            ["rowsWritten"] = job.RowsWritten,
            ["rowsPerSecond"] = job.RowsPerSecond,
            ["cancelRequested"] = job.CancelRequested,
            ["leaseOwner"] = job.LeaseOwner ?? "",
            ["error"] = EntityValues.Json(job.Error, JobsJson.Default.ExportFailure),
            ["warnings"] =
                job.Warnings.Count == 0 ? "" : JsonSerializer.Serialize(job.Warnings, JobsJson.Default.IReadOnlyCollectionExportWarning),
            ["file"] = EntityValues.Json(job.File, JobsJson.Default.ExportFile),
            ["idempotencyHash"] = job.IdempotencyHash ?? "",
            ["scheduleId"] = job.ScheduleId?.ToString("N") ?? "",
            ["dueAt"] = EntityValues.Text(job.DueAt),
            ["retries"] = job.Retries,
            ["retryAt"] = EntityValues.Text(job.RetryAt),
            ["queueWait"] = job.QueueWait.TotalSeconds,
            ["host"] = job.Host ?? "",
            ["unrecorded"] =
                job.Unrecorded.Count == 0 ? "" : JsonSerializer.Serialize(job.Unrecorded, JobsJson.Default.IReadOnlyListUnrecordedAttempt),
            ["archive"] = EntityValues.Json(job.Archive, JobsJson.Default.ArchivedFile),
            ["checkedAgainst"] = EntityValues.Json(job.CheckedAgainst, JobsJson.Default.DatasetIdentity),
            ["waiting"] = EntityValues.Json(job.Waiting, JobsJson.Default.ExportWait),
            ["restore"] = EntityValues.Json(job.Restore, JobsJson.Default.RestoreRequest),
        };
    }

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var id = NewestFirstKey.IdOf(entity.RowKey);
        var isKnown = entity.TryGetValue("createdAt", out var value) && value is DateTimeOffset;
        return (id, isKnown ? (DateTimeOffset)value! : NewestFirstKey.TimeOf(id));
    }

    private static ExportJob ToWholeJob(TableEntity entity)
    {
        var job = ToJob(entity);
        return StoredRequest.IsReadable(job.RequestJson) ? job : throw new InvalidDataException(StoredRequest.Unreadable);
    }

    private static ExportJob ToJob(TableEntity entity) => new()
    {
        Id = NewestFirstKey.IdOf(entity.RowKey),
        ETag = entity.ETag,
        Status = ExportStatuses.TryParse(entity.GetString("status"), out var status)
            ? status
            : throw new InvalidDataException("Its status is unknown."),
        Dataset = entity.Required("dataset"),
        Format = entity.Required("format"),
        FileName = entity.Required("fileName"),
        RequestJson = TextChunks.Read(entity, Request),
        AllColumns = TextChunks.Read(entity, Columns) is { Length: > 0 } columns ? columns.Split(',') : [],
        CheckedAgainst = entity.Json("checkedAgainst", JobsJson.Default.DatasetIdentity),
        Waiting = entity.Json("waiting", JobsJson.Default.ExportWait),
        FilterInWords = entity.GetString(FilterInWords),
        CreatedAt = entity.GetDateTimeOffset("createdAt") ?? default,
        EnqueuedAt = entity.GetDateTimeOffset("enqueuedAt") ?? default,
        StartedAt = entity.Instant("startedAt"),
        AttemptStartedAt = entity.Instant("attemptStartedAt"),
        FinishedAt = entity.Instant("finishedAt"),
        Attempt = entity.GetInt32("attempt") ?? 0,
        FailedAttempts = entity.GetInt32("failedAttempts") ?? 0,
        RowsExpected = entity.GetInt64("rowsExpected") is long rows and >= 0 ? rows : null,
        RowsWritten = entity.GetInt64("rowsWritten") ?? 0,
        RowsPerSecond = entity.GetDouble("rowsPerSecond") ?? 0,
        CancelRequested = entity.GetBoolean("cancelRequested") ?? false,
        LeaseOwner = entity.GetString("leaseOwner") is { Length: > 0 } owner ? owner : null,
        Error = entity.Json("error", JobsJson.Default.ExportFailure),
        Warnings = entity.Json("warnings", JobsJson.Default.IReadOnlyCollectionExportWarning) ?? [],
        File = entity.Json("file", JobsJson.Default.ExportFile),
        IdempotencyHash = entity.GetString("idempotencyHash") is { Length: > 0 } hash ? hash : null,
        ScheduleId = entity.GetString("scheduleId") is { Length: > 0 } schedule ? Guid.ParseExact(schedule, "N") : null,
        DueAt = entity.Instant("dueAt"),
        Retries = entity.GetInt32("retries") ?? 0,
        RetryAt = entity.Instant("retryAt"),
        QueueWait = TimeSpan.FromSeconds(entity.GetDouble("queueWait") ?? 0),
        Host = entity.GetString("host") is { Length: > 0 } host ? host : null,
        Unrecorded = entity.Json("unrecorded", JobsJson.Default.IReadOnlyListUnrecordedAttempt) ?? [],
        Archive = entity.Json("archive", JobsJson.Default.ArchivedFile),
        Restore = entity.Json("restore", JobsJson.Default.RestoreRequest),
    };
}
