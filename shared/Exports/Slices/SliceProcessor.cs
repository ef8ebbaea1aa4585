using ExportFunctions.Datasets;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using ExportFunctions.Problems;
using ExportFunctions.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Writes one slice from its message, or for the worker that holds the export. The checkpoints, in order: find it, claim it, stage its blocks, record what
/// they are. Each may be repeated after a crash; a slice that is repeated overwrites its own blocks of the claim before the last.
/// </summary>
public sealed partial class SliceProcessor : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    // One message may wait here for the present slice's end, so that there is always a next one.
    private const int MaxWaiting = 1;

    // Until a slice that was given back is sent again, perhaps to a host with nothing to do.
    private static readonly TimeSpan GivenBackFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _slots;
    private readonly ISliceStore _slices;
    private readonly IExportJobStore _jobs;
    private readonly SliceWriting _writing;
    private readonly ISliceFiles _files;
    private readonly ISliceQueue _queue;
    private readonly DatasetCatalog _datasets;
    private readonly ExportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SliceProcessor> _logger;
    private int _waiting;

    internal SliceProcessor(
        ISliceStore slices,
        IExportJobStore jobs,
        SliceWriting writing,
        ISliceFiles files,
        ISliceQueue queue,
        DatasetCatalog datasets,
        IOptions<ExportOptions> options,
        TimeProvider time,
        ILogger<SliceProcessor> logger)
    {
        _slices = slices;
        _jobs = jobs;
        _writing = writing;
        _files = files;
        _queue = queue;
        _datasets = datasets;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _slots = new SemaphoreSlim(_options.EffectiveSlicesPerHost);
    }

    /// <summary>Processes a message. Returning acknowledges it; throwing returns it to the queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The host's shutdown, or its limit on a function's time.</param>
    /// <exception cref="OperationCanceledException">The host is stopping; the slice waits for another worker.</exception>
    public async Task ProcessAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        if (!_slots.Wait(TimeSpan.Zero, cancellationToken))
        {
            var isTurn = false;
            try
            {
                // A message that waits holds nothing: whoever is free sooner may take its slice.
                if (Interlocked.Increment(ref _waiting) <= MaxWaiting)
                {
                    await _slots.WaitAsync(cancellationToken);
                    isTurn = true;
                }
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }

            if (!isTurn)
            {
                await ReleaseAsync(message, cancellationToken);
                return;
            }
        }

        await ProcessInSlotAsync(message, begun, cancellationToken);
    }

    /// <summary>Processes a slice for the worker that holds its export, and that has nothing else to do.</summary>
    /// <param name="message">Which slice.</param>
    /// <param name="begun">When the run began that it is part of: the run's time is the slice's as well.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal async Task ProcessOwnAsync(SliceMessage message, long begun, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        await ProcessInSlotAsync(message, begun, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task ProcessInSlotAsync(SliceMessage message, long begun, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever has waited for all of a run's time has none left to write in.
            if (_time.GetElapsedTime(begun) > _options.RunTime)
                await ReleaseAsync(message, cancellationToken);
            else
                await ProcessFreeAsync(message, begun, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task ReleaseAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (await _slices.FindAsync(message, cancellationToken) is { } found && found.IsFree(now))
            await _slices.TryUpdateAsync(found with { SentAt = null, RetryAt = now + GivenBackFor }, cancellationToken);
    }

    private async Task ProcessFreeAsync(SliceMessage message, long begun, CancellationToken cancellationToken)
    {
        if (await _slices.FindAsync(message, cancellationToken) is not { } found || !found.IsFree(_time.GetUtcNow()))
            return;
        if (await _jobs.FindAsync(message.JobId, cancellationToken) is not { } job || !SliceLease.IsWanted(job))
            return;
        if (IsOthers(found, job))
        {
            await PassOnAsync(message, cancellationToken);
            return;
        }

        if (await ClaimAsync(found, cancellationToken) is not { } slice)
            return;

        await using var lease = new SliceLease(slice, _slices, _jobs, _options, _time, _logger, cancellationToken);
        try
        {
            var (content, rest) = await _writing.WriteAsync(job, slice, lease, begun, lease.Stopping);
            var written = await lease.CloseAsync();
            if (lease.IsLost)
                await DiscardStagedAsync(job);
            else
                await EndAsync(written, last => last with { State = SliceState.Done, Rows = content.Rows, Content = content, Error = null }, rest);
            Log.Done(_logger, slice.JobId, slice.Number, slice.Claim, content.Rows, content.Bytes);
            IdleMemory.ReleaseIfLarge(Environment.WorkingSet);
        }
        catch (Exception exception)
        {
            var stopped = await lease.CloseAsync();
            if (lease.IsLost)
            {
                Log.Lost(_logger, slice.JobId, slice.Number, slice.Claim);
                await DiscardStagedAsync(job);
                return;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                // A host that stops is no fault of the slice's; one that had to end it, long after its time, is.
                var isLate = _writing.IsLate(begun);
                await EndAsync(stopped, last => last with
                {
                    State = SliceState.Waiting,
                    SentAt = null,
                    Rows = 0,
                    FailedAttempts = last.FailedAttempts + (isLate ? 1 : 0),
                    Error = isLate ? SliceFailures.OutOfTime : last.Error,
                });
                throw;
            }

            var failure = ExportFailures.Of(exception);
            var isOutage = OutageFaults.IsOutage(exception);
            Log.Failed(_logger, isOutage ? null : exception, slice.JobId, slice.Number, slice.Claim, failure.Code);
            if (isOutage)
                Log.Outage(_logger, exception, slice.JobId, slice.Number);
            await EndAsync(stopped, last => last with
            {
                State = failure.Kind == FailureKind.Permanent ? SliceState.Failed : SliceState.Waiting,
                FailedAttempts = last.FailedAttempts + 1,
                SentAt = null,
                RetryAt = _time.GetUtcNow() + (FirstPause * Math.Pow(2, last.FailedAttempts)),
                Error = failure,
                Rows = 0,
            });
        }
    }

    /// <summary>
    /// Whether the slice's export was cut by other datasets than this host's: then the worker that holds the export writes the slice, or a
    /// host like that one.
    /// </summary>
    private bool IsOthers(Slice slice, ExportJob job) => slice.CheckedAgainst is { } key
        ? _datasets.FindIdentity(job.Dataset)?.Key != key
        : job.CheckedAgainst is { } checkedAgainst && !JobPlacement.MayRead(_datasets, checkedAgainst);

    private async Task PassOnAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        Log.PassedOn(_logger, message.JobId, message.Number);
        await _queue.SendLaterAsync(
            message with { Passed = message.Passed + 1 }, PassingPause.After(message.Passed, isServed: true), cancellationToken);
    }

    /// <summary>Removes what was staged after the export had ended, and its blocks with it: nobody else will.</summary>
    private async Task DiscardStagedAsync(ExportJob job)
    {
        using var last = new CancellationTokenSource(_options.LastWriteTimeout, _time);
        if (await _jobs.FindAsync(job.Id, last.Token) is null or { Status: ExportStatus.Failed or ExportStatus.Canceled })
            await _files.DiscardAsync(job, last.Token);
    }

    private async Task<Slice?> ClaimAsync(Slice slice, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return await _slices.TryUpdateAsync(
            slice with
            {
                State = SliceState.Running,
                Claim = slice.Claim + 1,

                // One that is running here has a lapsed lease: its worker died.
                FailedAttempts = slice.FailedAttempts + (slice.State == SliceState.Running ? 1 : 0),
                Error = slice.State == SliceState.Running ? ExportFailures.WorkerLost : slice.Error,
                LeaseOwner = Guid.CreateVersion7(now).ToString("N"),
                LeaseUntil = now + _options.SliceLeaseDuration,
                Rows = 0,
            },
            cancellationToken);
    }

    private async Task EndAsync(Slice slice, Func<Slice, Slice> change, Slice? rest = null)
    {
        using var last = new CancellationTokenSource(_options.LastWriteTimeout, _time);
        var ended = change(slice) with { LeaseOwner = null, LeaseUntil = null };
        if (rest is null)
            await _slices.TryUpdateAsync(ended, last.Token);
        else if (await _slices.TrySplitAsync(ended with { Ranges = slice.RangesBefore(rest), RowsExpected = ended.Rows }, rest, last.Token))
            Log.HandedOver(_logger, slice.JobId, slice.Number, rest.Ranges.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Export {ExportId}, slice {Slice}, claim {Claim}: {Rows} rows, {Bytes} bytes staged.")]
        public static partial void Done(ILogger logger, Guid exportId, int slice, int claim, long rows, long bytes);

        [LoggerMessage(5, LogLevel.Information, "Export {ExportId}, slice {Slice}: left to a host that serves what the export was cut by.")]
        public static partial void PassedOn(ILogger logger, Guid exportId, int slice);

        [LoggerMessage(4, LogLevel.Information, "Export {ExportId}, slice {Slice}: its time is over, {Ranges} ranges are handed over.")]
        public static partial void HandedOver(ILogger logger, Guid exportId, int slice, int ranges);

        [LoggerMessage(2, LogLevel.Warning, "Export {ExportId}, slice {Slice}, claim {Claim}: another worker holds it, or nobody wants it.")]
        public static partial void Lost(ILogger logger, Guid exportId, int slice, int claim);

        [LoggerMessage(6, LogLevel.Debug, "Export {ExportId}, slice {Slice} met an outage.")]
        public static partial void Outage(ILogger logger, Exception exception, Guid exportId, int slice);

        [LoggerMessage(3, LogLevel.Warning, "Export {ExportId}, slice {Slice}, claim {Claim} failed: {Code}.")]
        public static partial void Failed(ILogger logger, Exception? exception, Guid exportId, int slice, int claim, string code);
    }
}
