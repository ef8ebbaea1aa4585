using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Outages;
using ExportFunctions.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>Determines what happens to an export whose attempt ended without a file.</summary>
internal sealed partial class UnfinishedAttempts(
    JobCompletion completion,
    ExportRetries retries,
    IExportQueue queue,
    IOptions<ExportOptions> options,
    TimeProvider time,
    ILogger<UnfinishedAttempts> logger)
{
    private readonly ExportOptions _options = options.Value;

    /// <summary>Ends an attempt that did not succeed.</summary>
    /// <param name="job">The job, as its worker last stored it.</param>
    /// <param name="end">Why its lease stopped the work.</param>
    /// <param name="exception">The exception the work ended with.</param>
    /// <param name="cancellationToken">The host's shutdown, or its function timeout.</param>
    /// <returns>False when the message must return to the queue.</returns>
    public async Task<bool> EndAsync(ExportJob job, LeaseEnd end, Exception exception, CancellationToken cancellationToken)
    {
        using var last = new CancellationTokenSource(_options.LastWriteTimeout, time);
        switch (end)
        {
            case LeaseEnd.Canceled:
                await completion.CancelAsync(job, last.Token);
                Log.Canceled(logger, job.Id, job.RowsWritten);
                return true;

            case LeaseEnd.Lost:
                await completion.AbandonAsync(job, last.Token);
                Log.Lost(logger, job.Id, job.Attempt);
                return true;

            case LeaseEnd.None when cancellationToken.IsCancellationRequested:
                await completion.ReleaseAsync(job, failure: null, last.Token);
                Log.HandedBack(logger, job.Id, job.Attempt);
                return false;
        }

        var failure = end == LeaseEnd.Unreachable ? ExportFailures.StorageUnavailable : ExportFailures.Of(exception);
        if (failure.Kind == FailureKind.Permanent)
        {
            await completion.FailAsync(job, failure, last.Token);
            Log.Failed(logger, exception, job.Id, job.Attempt, failure.Code);
            return true;
        }

        var isOutage = OutageFaults.IsOutage(exception);
        Log.WillRetry(logger, isOutage ? null : exception, job.Id, job.Attempt, failure.Code);
        if (isOutage)
            Log.Outage(logger, exception, job.Id, job.Attempt);
        await retries.RetryOrFailAsync(job, failure, last.Token);
        return true;
    }

    /// <summary>
    /// Requeues the export before the host's function timeout ends the attempt. The record is written first: if the host dies in between,
    /// the job is queued, and the sweep sends the message.
    /// </summary>
    /// <param name="job">The job, as its worker last stored it.</param>
    public async Task RequeueAsync(ExportJob job)
    {
        using var last = new CancellationTokenSource(_options.LastWriteTimeout, time);
        if (await completion.ReleaseAsync(job, failure: null, last.Token) is { Status: ExportStatus.Queued })
            await queue.SendAsync(new ExportMessage(job.Id), last.Token);
        Log.Requeued(logger, job.Id, job.Attempt);
    }

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Information, "Export {ExportId} canceled after {Rows} rows.")]
        public static partial void Canceled(ILogger logger, Guid exportId, long rows);

        [LoggerMessage(5, LogLevel.Warning, "Export {ExportId}, attempt {Attempt}: another worker holds the job, or it is gone.")]
        public static partial void Lost(ILogger logger, Guid exportId, int attempt);

        [LoggerMessage(6, LogLevel.Information, "Export {ExportId}, attempt {Attempt}: handed back, the host is stopping.")]
        public static partial void HandedBack(ILogger logger, Guid exportId, int attempt);

        [LoggerMessage(9, LogLevel.Information, "Export {ExportId}, attempt {Attempt}: its time is over, the rest is handed over.")]
        public static partial void Requeued(ILogger logger, Guid exportId, int attempt);

        [LoggerMessage(7, LogLevel.Error, "Export {ExportId}, attempt {Attempt} failed for good: {Code}.")]
        public static partial void Failed(ILogger logger, Exception exception, Guid exportId, int attempt, string code);

        [LoggerMessage(10, LogLevel.Debug, "Export {ExportId}, attempt {Attempt} met an outage.")]
        public static partial void Outage(ILogger logger, Exception exception, Guid exportId, int attempt);

        [LoggerMessage(8, LogLevel.Warning, "Export {ExportId}, attempt {Attempt} failed and may be tried again: {Code}.")]
        public static partial void WillRetry(ILogger logger, Exception? exception, Guid exportId, int attempt, string code);
    }
}
