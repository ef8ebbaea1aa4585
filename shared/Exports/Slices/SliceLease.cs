using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Holds a slice while it is written: a heartbeat writes its progress and prolongs its lease, and looks at the export each time.
/// <see cref="Stopping"/> fires when somebody else holds the slice, or when nobody wants the export any more.
/// </summary>
internal sealed partial class SliceLease : IAsyncDisposable
{
    private readonly ISliceStore _slices;
    private readonly IExportJobStore _jobs;
    private readonly ExportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _beating;
    private Slice _slice;
    private long _rows;
    private volatile bool _isLost;

    public SliceLease(Slice slice, ISliceStore slices, IExportJobStore jobs, ExportOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        _slice = slice;
        _slices = slices;
        _jobs = jobs;
        _options = options;
        _time = time;
        _logger = logger;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _beating = BeatAsync();
    }

    /// <summary>Cancelled when the work must stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>True when the slice is no longer this worker's, or not wanted.</summary>
    public bool IsLost => _isLost;

    /// <summary>Tells the records written so far.</summary>
    public void Report(long rows) => Volatile.Write(ref _rows, rows);

    /// <summary>Ends the heartbeat; the slice as it was stored last.</summary>
    public async Task<Slice> CloseAsync()
    {
        await _closing.CancelAsync();
        await _beating;
        return _slice;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _stopping.Dispose();
        _closing.Dispose();
    }

    /// <summary>Whether an export still wants its slices: it is being made, or will be as soon as a worker takes it up again.</summary>
    public static bool IsWanted(ExportJob? job) => job is { Status: ExportStatus.Running or ExportStatus.Queued, CancelRequested: false };

    private async Task BeatAsync()
    {
        while (!_closing.IsCancellationRequested && !_isLost)
        {
            await Task.Delay(_options.HeartbeatInterval, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_closing.IsCancellationRequested)
                await BeatOnceAsync();
        }
    }

    private async Task BeatOnceAsync()
    {
        // As with a job's lease: what is stored is awaited, and a storage that never answers must not keep a lapsed lease from being noticed.
        using var limit = new CancellationTokenSource(_options.LastWriteTimeout, _time);
        try
        {
            if (!IsWanted(await _jobs.FindAsync(_slice.JobId, limit.Token)))
            {
                await LoseAsync();
                return;
            }

            var next = _slice with { Rows = Volatile.Read(ref _rows), LeaseUntil = _time.GetUtcNow() + _options.SliceLeaseDuration };
            if (await _slices.TryUpdateAsync(next, limit.Token) is { } stored)
                _slice = stored;
            else
                await LookAsync(limit.Token);
        }
        catch (Exception exception)
        {
            Log.HeartbeatFailed(_logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, _slice.JobId, _slice.Number);
            if (_slice.LeaseUntil <= _time.GetUtcNow())
                await LoseAsync();
        }
    }

    // An update whose answer was lost took place all the same: then the record is this worker's still.
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await _slices.FindAsync(SliceMessage.Of(_slice), cancellationToken) is { State: SliceState.Running } stored && stored.LeaseOwner == _slice.LeaseOwner)
            _slice = stored;
        else
            await LoseAsync();
    }

    private async Task LoseAsync()
    {
        _isLost = true;
        await _stopping.CancelAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The heartbeat of export {ExportId}, slice {Slice} could not be written.")]
        public static partial void HeartbeatFailed(ILogger logger, LogLevel level, Exception exception, Guid exportId, int slice);
    }
}
