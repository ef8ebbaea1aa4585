using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Finds jobs whose worker died or whose message was lost, and requeues them. Its cost depends only on the number of active jobs.
/// </summary>
public sealed partial class StaleExports
{
    private readonly IExportJobStore _jobs;
    private readonly JobCompletion _completion;
    private readonly FinalJobs _final;
    private readonly IExportQueue _queue;
    private readonly ExportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<StaleExports> _logger;

    internal StaleExports(
        IExportJobStore jobs,
        JobCompletion completion,
        FinalJobs final,
        IExportQueue queue,
        IOptions<ExportOptions> options,
        TimeProvider time,
        ILogger<StaleExports> logger)
    {
        _jobs = jobs;
        _completion = completion;
        _final = final;
        _queue = queue;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Checks every active job once.</summary>
    /// <param name="cancellationToken">Stops the sweep; the next one continues.</param>
    /// <returns>The number of jobs requeued.</returns>
    public async Task<int> RequeueAsync(CancellationToken cancellationToken)
    {
        var requeued = 0;
        var alive = 0;
        var queued = new List<ExportJob>();
        await foreach (var entry in _jobs.ListActiveAsync(cancellationToken))
        {
            if (await UnreadableJobs.FindAsync(_jobs, entry.JobId, _logger, cancellationToken) is not (var job, true))
                continue;

            if (job is null || job.Status.IsFinal())
                await RemoveEntryAsync(entry, job, cancellationToken);
            else if (job.Status == ExportStatus.Queued)
                queued.Add(job);
            else if (job.IsAlive(_time.GetUtcNow()))
                alive++;
            else if (await TakeFromDeadWorkerAsync(job, cancellationToken))
                requeued++;
        }

        return requeued + await ResendLostAsync(queued, alive + requeued, cancellationToken);
    }

    /// <summary>
    /// Takes over a job whose message was dead-lettered: every shutdown and every outage uses up deliveries, but not attempts. It counts as
    /// one failed attempt, and the job continues with a new message while it has attempts left.
    /// </summary>
    /// <param name="message">The message, from the poison queue.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    public async Task TakeUpPoisonAsync(ExportMessage message, CancellationToken cancellationToken)
    {
        if (await UnreadableJobs.FindAsync(_jobs, message.JobId, _logger, cancellationToken) is not (var job, true))
            return;

        if (job is null || job.Status.IsFinal() || job.IsAlive(_time.GetUtcNow()))
            return;

        var givenUp = job.Error ?? new ExportFailure(
            "delivery_exhausted", "Its message was delivered too often without an attempt that came to an end.", FailureKind.Transient);
        if (await _completion.ReleaseAsync(job, givenUp, cancellationToken) is not { Status: ExportStatus.Queued })
        {
            Log.GaveUp(_logger, job.Id, job.Attempt);
            return;
        }

        await _queue.SendAsync(new ExportMessage(job.Id), cancellationToken);
        Log.Requeued(_logger, job.Id, job.Attempt);
    }

    private async Task RemoveEntryAsync(ActiveEntry entry, ExportJob? job, CancellationToken cancellationToken)
    {
        // A listed id without a job may be a request that is just being accepted.
        var isYoung = entry.ListedAt > _time.GetUtcNow() - _options.LostMessageAfter;
        if (job is not null)
            await _final.FollowUpAsync(job, cancellationToken);
        else if (!isYoung)
            await _jobs.RemoveActiveAsync(entry, cancellationToken);
    }

    private async Task<bool> TakeFromDeadWorkerAsync(ExportJob job, CancellationToken cancellationToken)
    {
        if (job.CancelRequested)
        {
            await _completion.CancelAsync(job, cancellationToken);
            return false;
        }

        if (await _completion.ReleaseAsync(job, ExportFailures.WorkerLost, cancellationToken) is not { Status: ExportStatus.Queued })
            return false;

        await _queue.SendAsync(new ExportMessage(job.Id), cancellationToken);
        Log.Requeued(_logger, job.Id, job.Attempt);
        return true;
    }

    private async Task<int> ResendLostAsync(List<ExportJob> queued, int others, CancellationToken cancellationToken)
    {
        var resent = 0;
        foreach (var job in await FindLostAsync(queued, others, cancellationToken))
        {
            if (await _jobs.TryUpdateAsync(job with { EnqueuedAt = _time.GetUtcNow() }, cancellationToken) is null)
                continue;

            await _queue.SendAsync(new ExportMessage(job.Id), cancellationToken);
            Log.Resent(_logger, job.Id);
            resent++;
        }

        return resent;
    }

    /// <summary>The queued jobs whose message was lost, or is held by a dead host.</summary>
    private async Task<IReadOnlyList<ExportJob>> FindLostAsync(List<ExportJob> queued, int others, CancellationToken cancellationToken)
    {
        // If there is a message for every queued job, none is lost: the jobs are waiting their turn. The queue also counts messages being
        // processed and those just sent. If it has fewer, an extra message does no harm.
        var overdue = WaitingFor(_options.LostMessageAfter).ToList();
        if (overdue.Count > 0 && await _queue.CountAsync(cancellationToken) < queued.Count + others)
            return overdue;

        // A host that dies between taking a message and claiming its job leaves the message hidden for up to ten minutes. If there are no
        // visible messages, no job is waiting its turn; messages that hosts pass on to each other are hidden for a while too, but their
        // jobs are marked as waiting.
        var unclaimed = WaitingFor(_options.LeaseDuration).Where(job => job.Waiting is null).ToList();
        return unclaimed.Count > 0 && !await _queue.HasVisibleAsync(cancellationToken) ? unclaimed : [];

        IEnumerable<ExportJob> WaitingFor(TimeSpan duration) =>
            queued.Where(job => (job.RetryAt ?? job.EnqueuedAt) < _time.GetUtcNow() - duration);
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Error, "Export {ExportId} given up after {Attempt} attempts.")]
        public static partial void GaveUp(ILogger logger, Guid exportId, int attempt);

        [LoggerMessage(1, LogLevel.Warning, "Export {ExportId}: attempt {Attempt} did not come to an end; queued again.")]
        public static partial void Requeued(ILogger logger, Guid exportId, int attempt);

        [LoggerMessage(2, LogLevel.Warning, "Export {ExportId} has waited too long; its message is sent again.")]
        public static partial void Resent(ILogger logger, Guid exportId);
    }
}
