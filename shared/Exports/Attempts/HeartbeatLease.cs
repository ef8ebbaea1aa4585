using System.Diagnostics;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Why a lease stopped the work.</summary>
internal enum LeaseEnd
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>A user cancelled the job.</summary>
    Canceled,

    /// <summary>Another worker holds the record now, or nobody wants it any more.</summary>
    Lost,

    /// <summary>Storage could not be reached for as long as the lease holds.</summary>
    Unreachable,
}

/// <summary>
/// Holds a record that was claimed while it is worked on: a heartbeat writes progress and prolongs the lease, and each write is how this
/// worker learns that the work must stop. <see cref="Stopping"/> fires then.
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

    /// <summary>Cancelled when the work must stop: the host's shutdown, or what <see cref="End"/> says.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Why the lease stopped the work.</summary>
    public LeaseEnd End => _end;

    /// <summary>The record as it was stored last.</summary>
    protected T Record { get; private set; }

    protected TimeProvider Time { get; }

    public async ValueTask DisposeAsync()
    {
        await EndHeartbeatAsync();
        _closing.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Begins the heartbeat; the last that a constructor does.</summary>
    protected void BeginHeartbeat() => _beating = BeatAsync();

    /// <summary>Ends the heartbeat, once the write that is under way has been answered.</summary>
    protected async Task EndHeartbeatAsync()
    {
        await _closing.CancelAsync();
        await _beating;
    }

    /// <summary>When a record's lease ends.</summary>
    protected abstract DateTimeOffset? LeaseUntilOf(T record);

    /// <summary>The record with the progress as it is, and a lease that begins now.</summary>
    protected abstract T Renewed(T record, DateTimeOffset now);

    /// <summary>Why the work must stop for a reason that isn't in the record.</summary>
    protected virtual Task<LeaseEnd> LookAroundAsync(CancellationToken cancellationToken) => Task.FromResult(LeaseEnd.None);

    /// <summary>Writes the record unless it has changed; as it is stored then, or null.</summary>
    protected abstract Task<T?> TryUpdateAsync(T record, CancellationToken cancellationToken);

    /// <summary>The record as it is stored, and whether this worker may go on with it.</summary>
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
        // The last write before closing is awaited, not cut off: whether it arrived decides which ETag holds. But storage that takes a
        // request and never answers must not keep this worker from noticing that its lease has lapsed.
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

        // An update whose answer was lost took place all the same: then the record is this worker's still.
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
