using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Outages;
using ExportFunctions.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Runs one job from its message. The checkpoints, in order: find the job, leave it to others if it is theirs, claim it, adopt a file that
/// an earlier attempt published, make the file, publish it, write its manifest, record the success; the message is acknowledged by
/// returning. Each may be repeated after a crash.
/// </summary>
public sealed partial class ExportProcessor
{
    // The largest file is made visible within a minute.
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(2);

    private readonly IExportJobStore _jobs;
    private readonly IExportFileStore _files;
    private readonly ExportFileMaker _maker;
    private readonly IExportQueue _queue;
    private readonly ForeignJobs _foreign;
    private readonly ExportRetries _retries;
    private readonly JobCompletion _completion;
    private readonly AttemptRecording _recording;
    private readonly LargeExports _large;
    private readonly ExportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ExportProcessor> _logger;

    internal ExportProcessor(
        IExportJobStore jobs,
        IExportFileStore files,
        ExportFileMaker maker,
        IExportQueue queue,
        ForeignJobs foreign,
        ExportRetries retries,
        JobCompletion completion,
        AttemptRecording recording,
        LargeExports large,
        IOptions<ExportOptions> options,
        TimeProvider time,
        ILogger<ExportProcessor> logger)
    {
        _jobs = jobs;
        _files = files;
        _maker = maker;
        _queue = queue;
        _foreign = foreign;
        _retries = retries;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _completion = completion;
        _recording = recording;
        _large = large;
    }

    /// <summary>Processes a message. Returning acknowledges it; throwing returns it to the queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The host's shutdown, or its limit on a function's time.</param>
    /// <exception cref="Azure.RequestFailedException">What came of the attempt could not be stored; it is settled when the message comes back.</exception>
    /// <exception cref="OperationCanceledException">The host is stopping; the job is queued again.</exception>
    public async Task ProcessAsync(ExportMessage message, CancellationToken cancellationToken)
    {
        if (await UnreadableJobs.FindAsync(_jobs, message.JobId, _logger, cancellationToken) is not (var found, true))
            return;

        if (found is null || found.Status.IsFinal() || found.IsAlive(_time.GetUtcNow()))
        {
            Log.NothingToDo(_logger, message.JobId, found?.Status.Name() ?? "deleted");
            return;
        }

        // A cancel takes effect wherever it is met.
        if (!found.CancelRequested && await _foreign.TryLeaveAsync(found, message, cancellationToken))
            return;

        if (await ClaimAsync(found, cancellationToken) is { } job)
            await RunAsync(job, cancellationToken);
    }

    /// <summary>Runs a job whose turn it is, by another one's message.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="claimed">Called when it is claimed, before it runs.</param>
    /// <param name="cancellationToken">As with <see cref="ProcessAsync"/>.</param>
    /// <returns>False when it isn't to be run now, or not by this host.</returns>
    internal async Task<bool> TryRunAsync(Guid jobId, Func<Task> claimed, CancellationToken cancellationToken)
    {
        var (found, _) = await UnreadableJobs.FindAsync(_jobs, jobId, _logger, cancellationToken);
        if (found is not { Status: ExportStatus.Queued, CancelRequested: false } || found.RetryAt > _time.GetUtcNow())
            return false;
        if (!await IsOfThisHostAsync(found, cancellationToken) || await ClaimAsync(found, cancellationToken) is not { } job)
            return false;

        await claimed();
        await RunAsync(job, cancellationToken);
        return true;
    }

    /// <summary>Whether this host serves what a job was checked against.</summary>
    internal Task<bool> IsOfThisHostAsync(ExportJob job, CancellationToken cancellationToken) =>
        _foreign.IsHereAsync(job, cancellationToken);

    private async Task RunAsync(ExportJob job, CancellationToken cancellationToken)
    {
        using var scope = Log.Attempt(_logger, job.Id, job.Attempt);
        Log.Started(_logger, job.Id, job.Attempt, job.Dataset, job.Format);
        await using var lease = new JobLease(job, _jobs, _options, _time, _logger, cancellationToken);
        _large.Enter(lease);
        try
        {
            // Before the first attempt nobody can have published.
            var earlier = job.Attempt > 1 ? await _files.FindAsync(job, lease.Stopping) : null;
            if ((earlier ?? await MakeAndPublishAsync(job, lease)) is { } published)
            {
                await CompleteAsync(job, published, lease);
                return;
            }
        }
        catch (Exception exception)
        {
            var stopped = await lease.CloseAsync();
            if (!await EndAsync(stopped, lease.End, exception, cancellationToken))
                throw;
            return;
        }
        finally
        {
            _large.Leave(lease);
        }

        await RequeueAsync(await lease.CloseAsync());
    }

    private async Task CompleteAsync(ExportJob job, PublishedFile published, JobLease lease)
    {
        await PublishAsync(lease, token => _files.WriteManifestAsync(job, published, token));
        if (await _completion.SucceedAsync(await lease.CloseAsync(), published) is { Status: ExportStatus.Canceled })
            Log.Canceled(_logger, job.Id, published.Rows);
        else
            Log.Succeeded(_logger, job.Id, job.Attempt, published.Rows, published.Bytes);
    }

    internal static ExportFailure Exhausted(ExportJob job) => new(
        "attempts_exhausted",
        job.Error is { } error
            ? $"Given up after {job.Attempt} attempts. The last one failed: {error.Reason}"
            : $"Given up after {job.Attempt} attempts: the worker stopped each time before the file was finished.",
        FailureKind.Permanent);

    private async Task<ExportJob?> ClaimAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (job.CancelRequested)
        {
            await _completion.CancelAsync(job, cancellationToken);
            return null;
        }

        // A job still running here has a lapsed lease: its worker died, which counts as a failed attempt.
        var failedAttempts = job.FailedAttempts + (job.Status == ExportStatus.Running ? 1 : 0);
        if (failedAttempts >= _options.MaxAttempts)
        {
            await _completion.FailAsync(job with { FailedAttempts = failedAttempts }, Exhausted(job), cancellationToken);
            return null;
        }

        if (!job.TryMoveTo(ExportStatus.Running, now, out var next))
            return null;

        // What could not be recorded before is recorded now: a job never carries more than the ends of two attempts.
        await _recording.RecordAsync(job, cancellationToken);
        next = await _recording.WithRecordAsync(job with { Unrecorded = [] }, next with { Unrecorded = [] }, new AttemptCompletion(AttemptOutcome.Lost, "worker_lost"), now, cancellationToken);
        var claimed = await _jobs.TryUpdateAsync(
            next with
            {
                Attempt = job.Attempt + 1,
                Waiting = null,
                FailedAttempts = failedAttempts,
                StartedAt = job.StartedAt ?? now,
                AttemptStartedAt = now,
                RowsWritten = 0,
                RowsPerSecond = 0,
                QueueWait = WaitOf(job, now),
                Host = _options.HostName,
                LeaseOwner = Guid.CreateVersion7(now).ToString("N"),
                LeaseUntil = now + _options.LeaseDuration,
            },
            cancellationToken);
        return claimed is null ? null : await _recording.TryRecordAsync(claimed, cancellationToken);
    }

    private static TimeSpan WaitOf(ExportJob job, DateTimeOffset now)
    {
        // A message that was lost and sent again doesn't shorten the first wait; a dead worker's job waits from the end of its lease.
        var since = job switch
        {
            { Status: ExportStatus.Running, LeaseUntil: { } lapsed } => lapsed,
            { Attempt: 0 } => job.CreatedAt,
            _ => job.RetryAt ?? job.EnqueuedAt,
        };
        return now > since ? now - since : TimeSpan.Zero;
    }

    /// <summary>Makes the file and publishes it; null when the attempt's time is over and another one goes on.</summary>
    private async Task<PublishedFile?> MakeAndPublishAsync(ExportJob job, JobLease lease)
    {
        if (await _maker.MakeAsync(job, lease, lease.Stopping) is not FileMaking.Completed made)
            return null;

        await using (made.Upload)
        {
            var isPublished = false;
            await PublishAsync(lease, async token => isPublished = await made.Upload.TryPublishAsync(made.File, token));
            if (isPublished)
                return made.File;
        }

        // Another attempt of the same job published first: its file is the job's file.
        return await _files.FindAsync(job, lease.Stopping)
            ?? throw ExportFailureException.Transient("storage_unavailable", "The file could not be published. It is tried again.");
    }

    /// <summary>
    /// Makes a call that shows something of the export. It isn't cut off with the work: one that is on its way takes effect all the same,
    /// and this worker is who can tell that it has.
    /// </summary>
    private async Task PublishAsync(JobLease lease, Func<CancellationToken, Task> call)
    {
        lease.Stopping.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(PublishTimeout, _time);
        await using var stopping = lease.Stopping.Register(() => limit.CancelAfter(_options.LastWriteTimeout));
        try
        {
            await call(limit.Token);
        }
        catch (OperationCanceledException exception) when (!lease.Stopping.IsCancellationRequested)
        {
            throw new ExportFailureException(ExportFailures.StorageUnavailable, exception);
        }
    }

    /// <summary>Gives the export back to the queue before the host's limit on a function's time ends the attempt. Its record goes first: a host that dies in between leaves it queued, and the sweep sends it.</summary>
    private async Task RequeueAsync(ExportJob job)
    {
        using var last = new CancellationTokenSource(_options.LastWriteTimeout, _time);
        if (await _completion.ReleaseAsync(job, failure: null, last.Token) is { Status: ExportStatus.Queued })
            await _queue.SendAsync(new ExportMessage(job.Id), last.Token);
        Log.Requeued(_logger, job.Id, job.Attempt);
    }

    /// <summary>Settles an attempt that did not succeed; false when the message must return to the queue.</summary>
    private async Task<bool> EndAsync(ExportJob job, LeaseEnd end, Exception exception, CancellationToken cancellationToken)
    {
        using var last = new CancellationTokenSource(_options.LastWriteTimeout, _time);
        switch (end)
        {
            case LeaseEnd.Canceled:
                await _completion.CancelAsync(job, last.Token);
                Log.Canceled(_logger, job.Id, job.RowsWritten);
                return true;

            case LeaseEnd.Lost:
                await _completion.AbandonAsync(job, last.Token);
                Log.Lost(_logger, job.Id, job.Attempt);
                return true;

            case LeaseEnd.None when cancellationToken.IsCancellationRequested:
                await _completion.ReleaseAsync(job, failure: null, last.Token);
                Log.HandedBack(_logger, job.Id, job.Attempt);
                return false;
        }

        var failure = end == LeaseEnd.Unreachable ? ExportFailures.StorageUnavailable : ExportFailures.Of(exception);
        if (failure.Kind == FailureKind.Permanent)
        {
            await _completion.FailAsync(job, failure, last.Token);
            Log.Failed(_logger, exception, job.Id, job.Attempt, failure.Code);
            return true;
        }

        var isOutage = OutageFaults.IsOutage(exception);
        Log.WillRetry(_logger, isOutage ? null : exception, job.Id, job.Attempt, failure.Code);
        if (isOutage)
            Log.Outage(_logger, exception, job.Id, job.Attempt);
        await _retries.RetryOrFailAsync(job, failure, last.Token);
        return true;
    }

    private static partial class Log
    {
        // Whatever is logged meanwhile, by whomever, carries the export's id and the attempt.
        public static readonly Func<ILogger, Guid, int, IDisposable?> Attempt = LoggerMessage.DefineScope<Guid, int>("Export {ExportId}, attempt {Attempt}");

        [LoggerMessage(1, LogLevel.Information, "Export {ExportId} needs no work: it is {Status}.")]
        public static partial void NothingToDo(ILogger logger, Guid exportId, string status);

        [LoggerMessage(2, LogLevel.Information, "Export {ExportId}, attempt {Attempt}: {Dataset} as {Format}.")]
        public static partial void Started(ILogger logger, Guid exportId, int attempt, string dataset, string format);

        [LoggerMessage(3, LogLevel.Information, "Export {ExportId}, attempt {Attempt}: {Rows} rows, {Bytes} bytes published.")]
        public static partial void Succeeded(ILogger logger, Guid exportId, int attempt, long rows, long bytes);

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
