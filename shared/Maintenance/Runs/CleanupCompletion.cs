using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>Ends a cleanup, once its days are processed or its message has failed too often.</summary>
internal sealed partial class CleanupCompletion(
    OpenCleanups open, RecordSweep records, StuckDays stuck, TimeProvider time, ILogger<CleanupCompletion> logger)
{
    /// <summary>Removes records whose retention is over, reports days that could not be processed, and ends the run.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    public async Task CompleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var swept = await records.RunAsync(SweepAction.Remove, cancellationToken);
        var told = await open.TryChangeAsync(
            id, run => run with { Counts = run.Counts.Plus(swept), Problem = StuckDays.InWords(run) }, cancellationToken);
        if (told is null)
            return;

        await stuck.TellAsync(told, cancellationToken);
        if (await open.TryChangeAsync(id, run => Ended(run, MaintenanceRunStatus.Succeeded), cancellationToken) is { } done)
            Log.Done(logger, id, done.Counts.FilesArchived, done.Counts.FilesRemoved, done.Counts.JobsRemoved);
    }

    /// <summary>Gives up a run whose message failed too often. The next run continues where it ended.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    public async Task GiveUpAsync(Guid id, CancellationToken cancellationToken)
    {
        const string problem = "It failed too often; the log says why. What it did stays done, and the next run goes on from there.";
        var failed = await open.TryChangeAsync(
            id, run => Ended(run, MaintenanceRunStatus.Failed) with { Problem = problem }, cancellationToken);
        if (failed is not null)
            Log.GivenUp(logger, id);
    }

    private MaintenanceRun Ended(MaintenanceRun run, MaintenanceRunStatus status) =>
        run with { Status = status, FinishedAt = time.GetUtcNow() };

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "Cleanup {RunId} done: {Archived} files archived, {Removed} removed, {Jobs} jobs removed.")]
        public static partial void Done(ILogger logger, Guid runId, int archived, int removed, int jobs);

        [LoggerMessage(3, LogLevel.Error, "Cleanup {RunId} failed too often and is given up.")]
        public static partial void GivenUp(ILogger logger, Guid runId);
    }
}
