using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>Updates the records of cleanups that have not ended.</summary>
internal sealed partial class OpenCleanups(MaintenanceRunStore runs, TimeProvider time, ILogger<OpenCleanups> logger)
{
    /// <summary>Updates a run's record while it is open.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="change">Returns the updated run. Called again when another change came first.</param>
    /// <param name="cancellationToken">Cancels the call; the change may be stored anyway.</param>
    /// <returns>The run as stored; null when it has ended or no longer exists.</returns>
    public async Task<MaintenanceRun?> TryChangeAsync(
        Guid id, Func<MaintenanceRun, MaintenanceRun> change, CancellationToken cancellationToken)
    {
        while (await FindAsync(id, cancellationToken) is { Status: MaintenanceRunStatus.Queued or MaintenanceRunStatus.Running } run)
        {
            if (await runs.TryUpdateAsync(change(run) with { UpdatedAt = time.GetUtcNow() }, cancellationToken) is { } stored)
                return stored;
        }

        return null;
    }

    /// <summary>
    /// A run; null when there is none or it can't be read: it can't be continued, and its message would otherwise come back forever.
    /// </summary>
    private async Task<MaintenanceRun?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await runs.FindAsync(id, cancellationToken);
        }
        catch (UnreadableRecordException exception)
        {
            Log.Unreadable(logger, exception, id);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Error, "The record of cleanup {RunId} can't be read; the next cleanup does what is left.")]
        public static partial void Unreadable(ILogger logger, Exception exception, Guid runId);
    }
}
