using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>
/// Starts cleanups and runs them for a limited time per message. A run interrupted anywhere continues with its message; if two hosts work
/// on it at once, they do the same work, and only one of them completes each part.
/// </summary>
public sealed partial class CleanupRuns
{
    // A run without updates for this long has lost its message, and does not prevent another from starting.
    private static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    // The latest runs are searched for the open one: runs created by a clock that ran ahead are listed before it.
    private const int MaxOpen = 10;

    private static readonly CleanupCounts NothingDone = new();

    private readonly MaintenanceRunStore _runs;
    private readonly OpenCleanups _open;
    private readonly MaintenanceQueue _queue;
    private readonly CleanupDays _days;
    private readonly CleanupCompletion _completion;
    private readonly MaintenanceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CleanupRuns> _logger;

    internal CleanupRuns(
        MaintenanceRunStore runs,
        OpenCleanups open,
        MaintenanceQueue queue,
        CleanupDays days,
        CleanupCompletion completion,
        IOptions<MaintenanceOptions> options,
        TimeProvider time,
        ILogger<CleanupRuns> logger)
    {
        _runs = runs;
        _open = open;
        _queue = queue;
        _days = days;
        _completion = completion;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Starts a run, unless one is open.</summary>
    /// <param name="byHand">True when a person requested it.</param>
    /// <param name="cancellationToken">Cancels the call; the run may be started anyway.</param>
    /// <returns>The new run, or the one that is open.</returns>
    public async Task<MaintenanceRun> StartAsync(bool byHand, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var latest = await _runs.ListAsync(MaxOpen, continuationToken: null, cancellationToken);
        if (latest.Runs.FirstOrDefault(run => IsOpen(run, now)) is { } open)
            return open;

        var run = new MaintenanceRun
        {
            Id = Guid.CreateVersion7(now),
            Status = MaintenanceRunStatus.Queued,
            ByHand = byHand,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await _runs.AddAsync(run, cancellationToken);
        await _queue.SendAsync(new MaintenanceMessage(MaintenanceWork.Cleanup, run.Id), cancellationToken);
        return run;
    }

    /// <summary>Works on a run until it is done or its time is up; in the latter case, another message continues it.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="cancellationToken">The host's shutdown.</param>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage failed, or another host completed a part first; the message is retried.
    /// </exception>
    public async Task ContinueAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await _open.TryChangeAsync(id, Begun, cancellationToken) is not { } run)
            return;

        var ends = _time.GetUtcNow() + _options.MaxRunTime;
        var archives = new DayWork(
            (await _days.ArchivesAsync(cancellationToken)).Except(run.StuckArchives),
            day => CleanAsync(id, _days.CleanArchiveAsync(day, cancellationToken), ends, cancellationToken),
            (run, day) => run with { StuckArchives = [.. run.StuckArchives, day] });
        var files = new DayWork(
            (await _days.FilesAsync(cancellationToken)).Except(run.StuckDays),
            day => CleanAsync(id, _days.CleanFilesAsync(id, day, cancellationToken), ends, cancellationToken),
            (run, day) => run with { StuckDays = [.. run.StuckDays, day] });
        if (await EachAsync(id, archives, cancellationToken) && await EachAsync(id, files, cancellationToken))
            await _completion.CompleteAsync(id, cancellationToken);
    }

    /// <summary>
    /// Processes days, and skips those that fail repeatedly, with the other days between attempts. False when this stretch ends here.
    /// </summary>
    private async Task<bool> EachAsync(Guid id, DayWork work, CancellationToken cancellationToken)
    {
        var left = work.Days.ToList();
        for (var tries = 1; left.Count > 0; tries++)
        {
            var isLast = tries == StuckDays.MaxTries;
            var failed = new List<DateOnly>();
            foreach (var day in left)
            {
                try
                {
                    if (!await work.DealAsync(day))
                        return false;
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    // If storage is down altogether this fails as well, and the message is retried.
                    Log.Day(_logger, OutageFaults.LevelOf(exception, LogLevel.Error), exception, id, day, tries);
                    if (await _open.TryChangeAsync(id, run => isLast ? work.Stuck(run, day) : run, cancellationToken) is null)
                        return false;
                    failed.Add(day);
                }
            }

            left = isLast ? [] : failed;
        }

        return true;
    }

    private async Task<bool> CleanAsync(
        Guid id, IAsyncEnumerable<CleanupCounts> parts, DateTimeOffset ends, CancellationToken cancellationToken)
    {
        await foreach (var counts in parts)
        {
            if (!await CountAsync(id, counts, ends, cancellationToken))
                return false;
        }

        return true;
    }

    /// <summary>Counts what was done. False when the run has ended, or its time is up: then another message continues it.</summary>
    private async Task<bool> CountAsync(Guid id, CleanupCounts counts, DateTimeOffset ends, CancellationToken cancellationToken)
    {
        if (await _open.TryChangeAsync(id, run => run with { Counts = run.Counts.Plus(counts) }, cancellationToken) is null)
            return false;

        // Files that are kept are found again in the next stretch: only progress may end this one.
        if (counts with { FilesDamaged = 0 } == NothingDone || _time.GetUtcNow() < ends)
            return true;

        await _queue.SendAsync(new MaintenanceMessage(MaintenanceWork.Cleanup, id), cancellationToken);
        return false;
    }

    /// <summary>Gives up a run whose message failed too often. The next run continues where it ended.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    public Task GiveUpAsync(Guid id, CancellationToken cancellationToken) => _completion.GiveUpAsync(id, cancellationToken);

    /// <summary>Whether a run is open. One started by a clock that ran ahead is treated like one without updates for as long.</summary>
    private static bool IsOpen(MaintenanceRun run, DateTimeOffset now) =>
        run.Status is MaintenanceRunStatus.Queued or MaintenanceRunStatus.Running && (now - run.UpdatedAt).Duration() < Stale;

    private MaintenanceRun Begun(MaintenanceRun run) =>
        run with { Status = MaintenanceRunStatus.Running, StartedAt = run.StartedAt ?? _time.GetUtcNow() };

    /// <summary>Days, the work to do for each, and how the run records one that was skipped.</summary>
    private sealed record DayWork(
        IEnumerable<DateOnly> Days, Func<DateOnly, Task<bool>> DealAsync, Func<MaintenanceRun, DateOnly, MaintenanceRun> Stuck);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5, Message = "Cleanup {RunId} could not deal with {Day}, try {Try}; it goes on with other days.")]
        public static partial void Day(ILogger logger, LogLevel level, Exception exception, Guid runId, DateOnly day, int @try);
    }
}
