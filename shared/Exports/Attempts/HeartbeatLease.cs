using System.Diagnostics;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Why a lease stopped the work.</summary>
internal enum LeaseEnd
{
    /// <summary>It didn't.</summary>
    None,

    /// <summary>A user cancelled the job.</summary>
    Canceled,

    /// <summary>Another worker holds the record now, or it is no longer needed.</summary>
    Lost,

    /// <summary>Storage was unreachable until the lease expired.</summary>
    Unreachable,
}

/// <summary>
/// Holds a claimed record while it is being worked on: a heartbeat writes progress and renews the lease, and each write is how the worker
/// learns that it must stop. <see cref="Stopping"/> is cancelled then.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
internal abstract class HeartbeatLease<T> : IAsyncDisposable
    where T : class
{
    private readonly ExportOptions _options;
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _closing = new();
    private Task _beating = Task.CompletedTask;
    private volatile LeaseEnd _end;

    protected HeartbeatLease(T record, ExportOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        Record = record;
        Time = time;
        _options = options;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Cancelled when the work must stop: at host shutdown, or for the reason in <see cref="End"/>.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Why the lease stopped the work.</summary>
    public LeaseEnd End => _end;

    /// <summary>The record as last stored.</summary>
    protected T Record { get; private set; }

    protected TimeProvider Time { get; }

    public async ValueTask DisposeAsync()
    {
        await EndHeartbeatAsync();
        _closing.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Starts the heartbeat; must be the last call in a constructor.</summary>
    protected void BeginHeartbeat() => _beating = BeatAsync();

    /// <summary>Stops the heartbeat once the write in progress has been answered.</summary>
    protected async Task EndHeartbeatAsync()
    {
        await _closing.CancelAsync();
        await _beating;
    }

    /// <summary>When a record's lease ends.</summary>
    protected abstract DateTimeOffset? LeaseUntilOf(T record);

    /// <summary>The record with the current progress and a lease that starts now.</summary>
    protected abstract T Renewed(T record, DateTimeOffset now);

    /// <summary>A reason to stop the work that isn't in the record.</summary>
    protected virtual Task<LeaseEnd> LookAroundAsync(CancellationToken cancellationToken) => Task.FromResult(LeaseEnd.None);

    /// <summary>Writes the record unless it has changed; returns it as stored, or null.</summary>
    protected abstract Task<T?> TryUpdateAsync(T record, CancellationToken cancellationToken);

    /// <summary>The record as stored, and whether this worker may continue with it.</summary>
    protected abstract Task<(T? Stored, LeaseEnd End)> FindAsync(CancellationToken cancellationToken);

    /// <summary>Logs a heartbeat that could not be written.</summary>
    protected abstract void LogFailure(Exception exception);

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(_options.HeartbeatInterval, Time);
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
        // The last write before closing is awaited rather than cancelled: whether it arrived determines the current ETag. But storage that
        // accepts a request and never answers must not keep this worker from noticing that its lease has expired.
        using var limit = new CancellationTokenSource(_options.LastWriteTimeout, Time);
        try
        {
            await StopAsync(await RenewAsync(limit.Token));
        }
        catch (Exception exception)
        {
            LogFailure(exception);
            if (LeaseUntilOf(Record) <= Time.GetUtcNow())
                await StopAsync(LeaseEnd.Unreachable);
        }
    }

    private async Task<LeaseEnd> RenewAsync(CancellationToken cancellationToken)
    {
        if (await LookAroundAsync(cancellationToken) is not LeaseEnd.None and var end)
            return end;

        if (await TryUpdateAsync(Renewed(Record, Time.GetUtcNow()), cancellationToken) is { } written)
        {
            Record = written;
            return LeaseEnd.None;
        }

        // An update whose response was lost may still have been applied: then this worker still holds the record.
        var (stored, why) = await FindAsync(cancellationToken);
        Record = stored ?? Record;
        return why;
    }

    private async Task StopAsync(LeaseEnd end)
    {
        if (end == LeaseEnd.None)
            return;

        _end = end;
        await _stopping.CancelAsync();
    }
}
