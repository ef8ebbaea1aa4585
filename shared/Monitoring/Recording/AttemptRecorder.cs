using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>
/// Appends the records of attempts to the files of their days. Records that arrive at the same time are written in one call: while one call
/// is in progress, the next batch accumulates.
/// </summary>
internal sealed partial class AttemptRecorder(
    IRecordFiles files,
    IEnumerable<IAttemptListener> listeners,
    IOptions<MonitoringOptions> options,
    TimeProvider time,
    ILogger<AttemptRecorder> logger) : IAttemptRecorder, IDisposable
{
    private static readonly TimeSpan MarkLimit = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<IAttemptListener> _listeners = [.. listeners];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<RecordLine> _waiting = [];
    private readonly Dictionary<DateOnly, DayFiles> _days = [];

    public async ValueTask<AttemptMark> MarkAsync(DateTimeOffset endedAt, CancellationToken cancellationToken)
    {
        // An attempt must complete even if the records can't be reached: a position that is too early only makes the search longer.
        using var limit = new CancellationTokenSource(MarkLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await FilesOf(DateOnly.FromDateTime(endedAt.UtcDateTime)).MarkAsync(either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotMarked(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception);
            return AttemptMark.DayStart;
        }
    }

    public async Task RecordAsync(IReadOnlyList<UnrecordedAttempt> attempts, RecordingTurn turn, CancellationToken cancellationToken)
    {
        // Older records were removed with their day, and must not reappear.
        var oldest = time.GetUtcNow().UtcDateTime.Date.AddDays(-options.Value.RetentionDays);
        var lines = attempts.Where(attempt => attempt.Record.EndedAt >= oldest).Select(attempt => new RecordLine(attempt, turn)).ToList();
        if (lines.Count == 0)
            return;

        await AddAsync(lines, cancellationToken);
        foreach (var line in lines)
        {
            foreach (var listener in _listeners)
                await listener.OnRecordedAsync(line.Record, line.IsNew, cancellationToken);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task AddAsync(List<RecordLine> lines, CancellationToken cancellationToken)
    {
        lock (_lock)
            _waiting.AddRange(lines);
        try
        {
            while (!lines.TrueForAll(line => line.IsRecorded))
            {
                await _turn.WaitAsync(cancellationToken);
                try
                {
                    // The previous batch may have included these.
                    if (!lines.TrueForAll(line => line.IsRecorded))
                        await AddWaitingAsync(cancellationToken);
                }
                finally
                {
                    _turn.Release();
                }
            }
        }
        finally
        {
            lock (_lock)
                _waiting.RemoveAll(lines.Contains);
        }
    }

    private async Task AddWaitingAsync(CancellationToken cancellationToken)
    {
        List<RecordLine> waiting;
        lock (_lock)
            waiting = [.. _waiting.Where(line => !line.IsRecorded)];

        // A second record of the same attempt goes into a batch of its own, and finds the first.
        foreach (var day in waiting.DistinctBy(line => (line.Record.ExportId, line.Record.Attempt)).GroupBy(line => line.Day))
            await FilesOf(day.Key).AddAsync([.. day], cancellationToken);
    }

    private DayFiles FilesOf(DateOnly day)
    {
        lock (_lock)
        {
            if (_days.TryGetValue(day, out var known))
                return known;

            foreach (var old in _days.Keys.Where(other => other < day.AddDays(-1)).ToList())
                _days.Remove(old);
            return _days[day] = new DayFiles(files, day, options.Value, time, Random.Shared);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The end of the records could not be looked up.")]
        public static partial void NotMarked(ILogger logger, LogLevel level, Exception exception);
    }
}
