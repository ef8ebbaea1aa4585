using System.Globalization;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Requests;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Submission;

/// <summary>Accepts a validated request: records the job, then enqueues it. Every step may be repeated.</summary>
public sealed partial class ExportSubmission(
    IExportJobStore jobs, IExportQueue queue, IIdempotencyKeys keys, TimeProvider time, ILogger<ExportSubmission> logger)
{
    /// <summary>Accepts a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="idempotencyKey">The caller's key; null when none was given.</param>
    /// <param name="caller">Who submits it.</param>
    /// <param name="cancellationToken">Cancels the call; the job may be accepted nevertheless.</param>
    /// <returns>The job; null when the key was used for another request.</returns>
    public async Task<ExportJob?> SubmitAsync(
        ExportRequest request, string? idempotencyKey, ExportCaller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var job = NewJob(request, idempotencyKey, caller, now);
        if (job.IdempotencyHash is { } hash)
        {
            // The same text sent to a host that reads another source is a different request. Keys claimed by earlier versions stand for the
            // text alone.
            var claimed = await keys.ClaimAsync(
                hash, IdempotencyHash.Of($"{request.Json}\n{request.CheckedAgainst.Source}"), job.Id, cancellationToken)
                ?? await keys.ClaimAsync(hash, IdempotencyHash.Of(request.Json), job.Id, cancellationToken);
            if (claimed is null)
                return null;

            // Reuses the id if the first try was interrupted between claiming the key and creating the job.
            job = job with { Id = claimed.Value };
        }

        return await AcceptAsync(job, cancellationToken);
    }

    /// <summary>Accepts the request of a schedule's run.</summary>
    /// <param name="request">The request.</param>
    /// <param name="run">The run; its id makes the call safe to repeat.</param>
    /// <param name="cancellationToken">Cancels the call; the job may be accepted nevertheless.</param>
    /// <returns>The job.</returns>
    public Task<ExportJob> SubmitAsync(ExportRequest request, ScheduledExport run, CancellationToken cancellationToken) =>
        AcceptAsync(
            NewJob(request, idempotencyKey: null, ExportCaller.Schedules, time.GetUtcNow()) with
            {
                Id = run.JobId,
                ScheduleId = run.ScheduleId,
                DueAt = run.DueAt,
            },
            cancellationToken);

    /// <summary>
    /// Accepts the stored request of a schedule's run without reading it: it was validated against another host's datasets, and that host
    /// reads it.
    /// </summary>
    /// <param name="stored">The request.</param>
    /// <param name="run">The run; its id makes the call safe to repeat.</param>
    /// <param name="cancellationToken">Cancels the call; the job may be accepted nevertheless.</param>
    /// <returns>The job.</returns>
    internal Task<ExportJob> SubmitUnreadAsync(StoredExport stored, ScheduledExport run, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var job = new ExportJob
        {
            Id = run.JobId,
            Status = ExportStatus.Queued,
            Dataset = stored.CheckedAgainst.Dataset,
            Format = stored.Format,
            FileName = stored.FileName ?? NameOf(stored.CheckedAgainst.Dataset, now, stored.FileExtension),
            RequestJson = stored.Json,
            CheckedAgainst = stored.CheckedAgainst,
            CreatedAt = now,
            EnqueuedAt = now,
            ScheduleId = run.ScheduleId,
            DueAt = run.DueAt,
            Turn = new JobTurn(ExportCaller.Schedules.Name, ""),
        };
        return AcceptAsync(job, cancellationToken);
    }

    private async Task<ExportJob> AcceptAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var created = await jobs.TryCreateAsync(job, cancellationToken);
        var current = created ? job : await jobs.FindAsync(job.Id, cancellationToken) ?? job;

        // Sent again for a repeated request whose job has not been started: sending its message may be the step at which the first try
        // failed.
        if (created || current is { Status: ExportStatus.Queued, Attempt: 0 })
        {
            // Not cancelled when the caller disconnects: the job exists, and without its message it would wait for the timer.
            await queue.SendAsync(new ExportMessage(job.Id), CancellationToken.None);
        }

        Log.Accepted(logger, job.Id, job.Dataset, job.Format);
        return current;
    }

    /// <summary>Equal for requests that read the same records; made from the filter in words.</summary>
    private static string SizeKeyOf(ExportRequest request)
    {
        var filter = request.Rows.Filter is { } tree ? FilterWords.Describe(tree) : "";
        return IdempotencyHash.Of(
            string.Create(
                CultureInfo.InvariantCulture, $"{request.CheckedAgainst.Key}\n{filter}\n{request.Rows.Offset} {request.Rows.Limit}"));
    }

    private static ExportJob NewJob(ExportRequest request, string? idempotencyKey, ExportCaller caller, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Status = ExportStatus.Queued,
        Dataset = request.Rows.Dataset.Name,
        Format = request.Format.Name,
        FileName = request.FileName ?? NameOf(request.Rows.Dataset.Name, now, request.Format.FileExtensionOf(request.Options)),
        RequestJson = request.Json,
        CheckedAgainst = request.CheckedAgainst,
        AllColumns = request.IsOfAllColumns ? [.. request.Rows.Columns.Select(column => column.Name)] : [],
        FilterInWords = request.Rows.Filter is { } filter ? FilterWords.Describe(filter) : null,
        Turn = new JobTurn(caller.Name, SizeKeyOf(request)),
        CreatedAt = now,
        EnqueuedAt = now,
        IdempotencyHash = idempotencyKey is null ? null : IdempotencyHash.Of(idempotencyKey),
    };

    private static string NameOf(string dataset, DateTimeOffset now, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{dataset}-{now:yyyyMMdd-HHmmss}{extension}");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Export {ExportId} accepted: {Dataset} as {Format}.")]
        public static partial void Accepted(ILogger logger, Guid exportId, string dataset, string format);
    }
}

/// <summary>A run of a schedule.</summary>
/// <param name="JobId">The id of its job.</param>
/// <param name="ScheduleId">The schedule.</param>
/// <param name="DueAt">The instant it was due; for a manual run, when it was requested.</param>
public sealed record ScheduledExport(Guid JobId, Guid ScheduleId, DateTimeOffset DueAt);
