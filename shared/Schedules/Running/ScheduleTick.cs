using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Schedules.Running;

/// <summary>
/// The work of the timer each minute: closes the runs that have ended, then starts those that are due. Its cost depends on their number,
/// not on the number of schedules. Any number of hosts may do it concurrently.
/// </summary>
public sealed partial class ScheduleTick
{
    private readonly IScheduleStore _schedules;
    private readonly OpenRuns _open;
    private readonly ScheduleStarts _starts;
    private readonly ScheduleReviews _reviews;
    private readonly ScheduleOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ScheduleTick> _logger;

    internal ScheduleTick(
        IScheduleStore schedules,
        OpenRuns open,
        ScheduleStarts starts,
        ScheduleReviews reviews,
        IOptions<ScheduleOptions> options,
        TimeProvider time,
        ILogger<ScheduleTick> logger)
    {
        _schedules = schedules;
        _open = open;
        _starts = starts;
        _reviews = reviews;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>One tick.</summary>
    /// <param name="cancellationToken">Stops the tick; the next one continues.</param>
    /// <returns>The number of runs started.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _reviews.RunAsync(cancellationToken);
        await ForEachAsync(
            _schedules.ListOpenAsync(cancellationToken),
            id => id,
            async (id, token) => await _open.FollowAsync(id, token),
            cancellationToken);

        var started = 0;
        await ForEachAsync(
            _schedules.ListDueAsync(_time.GetUtcNow(), cancellationToken),
            entry => entry.ScheduleId,
            async (entry, token) => Interlocked.Add(ref started, await _starts.StartDueAsync(entry, token)),
            cancellationToken);
        return started;
    }

    /// <summary>Processes several at a time. A schedule that can't be processed must not keep the others from running.</summary>
    private Task ForEachAsync<T>(
        IAsyncEnumerable<T> items, Func<T, Guid> idOf, Func<T, CancellationToken, Task> deal, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = _options.AtATime, CancellationToken = cancellationToken },
            async (item, token) =>
        {
            try
            {
                await deal(item, token);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                Log.Left(_logger, OutageFaults.LevelOf(exception, LogLevel.Error), idOf(item), exception);
            }
        });

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "Schedule {ScheduleId} could not be dealt with; the next tick tries again.")]
        public static partial void Left(ILogger logger, LogLevel level, Guid scheduleId, Exception exception);
    }
}
