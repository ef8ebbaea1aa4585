using System.Collections.Concurrent;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Queue;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Turns;

/// <summary>
/// Decides which export a message runs. As long as none has to wait, it is the message's own. When exports are waiting, a message is a slot
/// for whichever is next: callers take turns, a caller's small exports overtake its large ones, and some slots are reserved for small ones.
/// A new message is sent for the export whose message was used, so that each waiting export has one.
/// </summary>
public sealed partial class ExportTurns
{
    // A message taken sooner had nothing ahead of it.
    private static readonly TimeSpan Backlog = TimeSpan.FromSeconds(1);

    // While only large exports are waiting, their messages hold the reserved slots and check for small ones this often.
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxHold = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ReturnPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PassedByFor = TimeSpan.FromSeconds(5);
    private const int MaxCounts = 4;
    private const int MaxRemembered = 10_000;

    private readonly ExportProcessor _processor;
    private readonly IExportJobStore _jobs;
    private readonly IExportQueue _queue;
    private readonly WaitingJobs _waiting;
    private readonly ExportSizes _sizes;
    private readonly LargeExports _large;
    private readonly TimeProvider _time;
    private readonly ILogger<ExportTurns> _logger;
    private readonly ConcurrentDictionary<string, long> _served = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, long> _passedBy = new();
    private long _turns;

    internal ExportTurns(
        ExportProcessor processor,
        IExportJobStore jobs,
        IExportQueue queue,
        WaitingJobs waiting,
        ExportSizes sizes,
        LargeExports large,
        TimeProvider time,
        ILogger<ExportTurns> logger)
    {
        _processor = processor;
        _jobs = jobs;
        _queue = queue;
        _waiting = waiting;
        _sizes = sizes;
        _large = large;
        _time = time;
        _logger = logger;
    }

    /// <summary>Processes a message. Returning acknowledges it; throwing returns it to the queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="waited">How long it was in the queue.</param>
    /// <param name="cancellationToken">The host's shutdown, or its function timeout.</param>
    /// <exception cref="Azure.RequestFailedException">
    /// The attempt's outcome could not be stored; this is retried when the message comes back.
    /// </exception>
    /// <exception cref="OperationCanceledException">The host is shutting down; the job has been requeued.</exception>
    public async Task ProcessAsync(ExportMessage message, TimeSpan waited, CancellationToken cancellationToken)
    {
        if ((waited < Backlog && !_large.IsFull) || await NeedsItsOwnAsync(message, cancellationToken))
        {
            await _processor.ProcessAsync(message, cancellationToken);
            return;
        }

        for (var begun = _time.GetTimestamp(); _time.GetElapsedTime(begun) < MaxHold; await Task.Delay(LookPause, _time, cancellationToken))
        {
            switch (await TakeTurnAsync(message, cancellationToken))
            {
                case Turn.Taken:
                    return;
                case Turn.None:
                    // The reason it was skipped may be gone; a message is not released before its own export has had a chance.
                    await _processor.ProcessAsync(message, cancellationToken);
                    return;
            }
        }

        await _queue.SendLaterAsync(message, ReturnPause, cancellationToken);
    }

    /// <summary>
    /// Whether a message is only for its own job: the job is another host's, is not waiting, is being canceled, or is a retry.
    /// </summary>
    private async Task<bool> NeedsItsOwnAsync(ExportMessage message, CancellationToken cancellationToken)
    {
        var (job, isReadable) = await UnreadableJobs.FindAsync(_jobs, message.JobId, _logger, cancellationToken);
        if (!isReadable)
            return true;
        return job is not { Status: ExportStatus.Queued }
            || job.CancelRequested
            || job.RetryAt is not null
            || !await _processor.IsOfThisHostAsync(job, cancellationToken);
    }

    private async Task<Turn> TakeTurnAsync(ExportMessage message, CancellationToken cancellationToken)
    {
        var isHeld = false;
        foreach (var caller in await ByTurnAsync(message, cancellationToken))
        {
            foreach (var (entry, isLarge) in await BySizeAsync(caller, message, cancellationToken))
            {
                if (isLarge && _large.IsFull)
                {
                    isHeld = true;
                    break;
                }

                if (await _processor.TryRunAsync(entry.JobId, () => ServeAsync(caller.Key, entry.JobId, message), cancellationToken))
                    return Turn.Taken;

                PassBy(entry.JobId);
            }
        }

        return isHeld ? Turn.Held : Turn.None;
    }

    /// <summary>The jobs that may be waiting, by caller; the caller served longest ago comes first.</summary>
    private async Task<IReadOnlyList<IGrouping<string, ActiveEntry>>> ByTurnAsync(
        ExportMessage message, CancellationToken cancellationToken)
    {
        var entries = (await _waiting.ListAsync(cancellationToken)).Where(entry => !IsPassedBy(entry.JobId)).ToList();

        // A job accepted a moment ago may not be in the list yet.
        if (entries.TrueForAll(entry => entry.JobId != message.JobId) && !IsPassedBy(message.JobId))
            entries.Add(new ActiveEntry(message.JobId, _time.GetUtcNow(), default));

        return
        [
            .. entries.GroupBy(entry => entry.Turn.Caller, StringComparer.Ordinal)
                .OrderBy(caller => _served.GetValueOrDefault(caller.Key))
                .ThenBy(caller => caller.Min(entry => entry.ListedAt)),
        ];
    }

    /// <summary>A caller's jobs: small ones, then large ones, oldest first; among equals, the message's own job.</summary>
    private async Task<IReadOnlyList<(ActiveEntry Entry, bool IsLarge)>> BySizeAsync(
        IEnumerable<ActiveEntry> caller, ExportMessage message, CancellationToken cancellationToken)
    {
        var entries = caller.OrderBy(entry => entry.ListedAt).ToList();
        var counts = 0;
        var counted = entries.Where(entry => entry.Turn.SizeKey.Length > 0);
        foreach (var same in counted.GroupBy(entry => entry.Turn.SizeKey, StringComparer.Ordinal))
        {
            if (counts < MaxCounts && _sizes.IsLarge(same.Key) is null && await TryCountAsync(same, cancellationToken))
                counts++;
        }

        return
        [
            .. entries.Select(entry => (Entry: entry, IsLarge: _sizes.IsLarge(entry.Turn.SizeKey) ?? false))
                .OrderBy(pair => pair.IsLarge)
                .ThenBy(pair => pair.Entry.JobId != message.JobId),
        ];
    }

    private async Task<bool> TryCountAsync(IGrouping<string, ActiveEntry> same, CancellationToken cancellationToken)
    {
        foreach (var entry in same)
        {
            var (job, _) = await UnreadableJobs.FindAsync(_jobs, entry.JobId, _logger, cancellationToken);
            if (job is { Status: ExportStatus.Queued } && await _processor.IsOfThisHostAsync(job, cancellationToken))
            {
                await _sizes.CountAsync(job, same.Key, cancellationToken);
                return true;
            }

            PassBy(entry.JobId);
        }

        return false;
    }

    private async Task ServeAsync(string caller, Guid served, ExportMessage message)
    {
        if (_served.Count >= MaxRemembered)
            _served.Clear();
        _served[caller] = Interlocked.Increment(ref _turns);
        if (served == message.JobId)
            return;

        // Before the message is used up: a crash in between leaves it, and an extra message does no harm.
        await _queue.SendAsync(message, CancellationToken.None);
        Log.Swapped(_logger, message.JobId, served);
    }

    /// <summary>Skips a job for a while because it is already running, has ended, is waiting for its retry, or is another host's.</summary>
    private void PassBy(Guid id)
    {
        if (_passedBy.Count >= MaxRemembered)
            _passedBy.Clear();
        _passedBy[id] = _time.GetTimestamp();
    }

    private bool IsPassedBy(Guid id) => _passedBy.TryGetValue(id, out var at) && _time.GetElapsedTime(at) < PassedByFor;

    private enum Turn
    {
        /// <summary>An export ran.</summary>
        Taken,

        /// <summary>Only large ones are waiting, and the limit of running ones is reached.</summary>
        Held,

        /// <summary>None is waiting.</summary>
        None,
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The message of export {ExportId} was used for export {Other}, whose turn it was.")]
        public static partial void Swapped(ILogger logger, Guid exportId, Guid other);
    }
}
