using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Turns;

/// <summary>
/// Limits how many exports a caller may have waiting and running. They are counted from the list of active jobs, in the background and at
/// most twice a second; those this host has accepted since are added.
/// </summary>
public sealed partial class CallerLimit(
    WaitingJobs waiting, IOptions<ExportOptions> options, TimeProvider time, ILogger<CallerLimit> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Queue<(string Caller, long At)> _accepted = new();
    private long _countedAt;
    private bool _isCounted;
    private bool _isCounting;

    /// <summary>Reserves a place for a caller's export.</summary>
    /// <returns>False when the caller has reached the limit.</returns>
    public async Task<bool> TryTakeAsync(ExportCaller caller, CancellationToken cancellationToken)
    {
        if (!TryTake(caller.Name))
        {
            // Some may have ended since; this caller has to wait for the count.
            await CountAsync(cancellationToken);
            if (!TryTake(caller.Name))
                return false;
        }

        if (ShouldCount())
            _ = CountLaterAsync();
        return true;
    }

    private bool TryTake(string caller)
    {
        lock (_lock)
        {
            var active = _known.GetValueOrDefault(caller) + _accepted.Count(
                accepted => string.Equals(accepted.Caller, caller, StringComparison.Ordinal));
            if (active >= options.Value.MaxActivePerCaller)
                return false;

            _accepted.Enqueue((caller, time.GetTimestamp()));
            return true;
        }
    }

    private bool ShouldCount()
    {
        lock (_lock)
        {
            if (_isCounting || (_isCounted && time.GetElapsedTime(_countedAt) < Fresh))
                return false;
            return _isCounting = true;
        }
    }

    private async Task CountLaterAsync()
    {
        try
        {
            await CountAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.NotCounted(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception);
        }
        finally
        {
            lock (_lock)
                _isCounting = false;
        }
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var entries = await waiting.ListAsync(cancellationToken);
        lock (_lock)
        {
            _known.Clear();
            foreach (var entry in entries)
                _known[entry.Turn.Caller] = _known.GetValueOrDefault(entry.Turn.Caller) + 1;

            // What was accepted before the list was read is in it, except during the half second for which a list is cached.
            while (_accepted.TryPeek(out var accepted) && time.GetElapsedTime(accepted.At, begun) > WaitingJobs.Fresh)
                _accepted.Dequeue();
            (_countedAt, _isCounted) = (begun, true);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The waiting exports could not be counted; they are counted again with the next request.")]
        public static partial void NotCounted(ILogger logger, LogLevel level, Exception exception);
    }
}
