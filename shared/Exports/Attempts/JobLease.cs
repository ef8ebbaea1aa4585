using System.Diagnostics;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Why a lease stopped the work.</summary>
internal enum LeaseEnd
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>A user cancelled the job.</summary>
    Canceled,

    /// <summary>Another worker holds the job now, or it is final or deleted.</summary>
    Lost,

    /// <summary>Storage could not be reached for as long as the lease holds.</summary>
    Unreachable,
}

/// <summary>
/// Holds a running job: a heartbeat writes progress and prolongs the lease, and each write is how this worker learns that a user cancelled
/// or that somebody else took over. <see cref="Stopping"/> fires then.
/// </summary>
internal sealed partial class JobLease : IAsyncDisposable
{
    private readonly IExportJobStore _jobs;
    private readonly ExportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _closing = new();
    private readonly long _begun;
    private readonly Task _beating;
    private long _rows;
    private long _rowsBefore;
    private long _rowsExpected = -1;
    private volatile LeaseEnd _end;
    private ExportJob _job;

    public JobLease(ExportJob job, IExportJobStore jobs, ExportOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        _job = job;
        _jobs = jobs;
        _options = options;
        _time = time;
        _logger = logger;
        Times = new AttemptTimes(time);
        _begun = Times.Begin();
        Times.LookAtMemory();
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _beating = BeatAsync();
    }

    /// <summary>Cancelled when the work must stop: the host's shutdown, a user's cancel, or a lost lease.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Why the lease stopped the work.</summary>
    public LeaseEnd End => _end;

    /// <summary>Where the attempt's time goes.</summary>
    public AttemptTimes Times { get; }

    /// <summary>The rows to come; null while they aren't counted.</summary>
    public long? RowsExpected => Volatile.Read(ref _rowsExpected) is >= 0 and var rows ? rows : _job.RowsExpected;

    /// <summary>Tells the rows to come.</summary>
    public void Expect(long rows) => Volatile.Write(ref _rowsExpected, rows);

    /// <summary>Tells the rows that earlier attempts wrote and this one keeps, which its rate leaves out.</summary>
    public void Resume(long rows) => Volatile.Write(ref _rowsBefore, rows);

    /// <summary>Tells the rows written so far, those of earlier attempts among them.</summary>
    public void Report(long rows) => Volatile.Write(ref _rows, rows);

    /// <summary>Ends the heartbeat, and gives the job as last stored, with the progress as it is.</summary>
    public async Task<ExportJob> CloseAsync()
    {
        await _closing.CancelAsync();
        await _beating;
        Times.LookAtMemory();
        return WithProgress();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _closing.Dispose();
        _stopping.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(_options.HeartbeatInterval, _time);
        try
        {
            while (_end == LeaseEnd.None && await timer.WaitForNextTickAsync(_closing.Token))
                await BeatOnceAsync();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            Debug.Assert(_closing.IsCancellationRequested, "Closing is the ordinary end of the heartbeat.");
        }
    }

    private async Task BeatOnceAsync()
    {
        // The last write before closing is awaited, not cut off: whether it arrived decides which ETag holds. But storage that takes a
        // request and never answers must not keep this worker from noticing that its lease has lapsed.
        using var limit = new CancellationTokenSource(_options.LastWriteTimeout, _time);
        Times.LookAtMemory();
        try
        {
            var next = WithProgress() with { LeaseUntil = _time.GetUtcNow() + _options.LeaseDuration };
            if (await _jobs.TryUpdateAsync(next, limit.Token) is { } stored)
                _job = stored;
            else
                await LookAsync(limit.Token);
        }
        catch (Exception exception)
        {
            Log.HeartbeatFailed(_logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, _job.Id);
            if (_job.LeaseUntil <= _time.GetUtcNow())
                await StopAsync(LeaseEnd.Unreachable);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var stored = await _jobs.FindAsync(_job.Id, cancellationToken);
        if (stored is not { Status: ExportStatus.Running } || !string.Equals(stored.LeaseOwner, _job.LeaseOwner, StringComparison.Ordinal))
        {
            await StopAsync(LeaseEnd.Lost);
            return;
        }

        _job = stored;
        if (stored.CancelRequested)
            await StopAsync(LeaseEnd.Canceled);
    }

    private async Task StopAsync(LeaseEnd end)
    {
        _end = end;
        await _stopping.CancelAsync();
    }

    private ExportJob WithProgress()
    {
        var rows = Volatile.Read(ref _rows);
        var expected = Volatile.Read(ref _rowsExpected);
        var written = Math.Max(0, rows - Volatile.Read(ref _rowsBefore));
        var seconds = _time.GetElapsedTime(_begun).TotalSeconds;
        return _job with
        {
            RowsWritten = rows,
            RowsExpected = expected >= 0 ? expected : _job.RowsExpected,
            RowsPerSecond = seconds > 0 ? Math.Round(written / seconds, 1) : 0,
            Figures = Times.Figures(),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The heartbeat of export {ExportId} could not be written.")]
        public static partial void HeartbeatFailed(ILogger logger, LogLevel level, Exception exception, Guid exportId);
    }
}
