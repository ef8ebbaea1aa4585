using ExportFunctions.Exports.Jobs;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Reads jobs where an unreadable one must not hold up the others. Its record is left as is: once repaired it is picked up again, and
/// deleting it removes it.
/// </summary>
internal static partial class UnreadableJobs
{
    /// <summary>Reads a job.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="id">The job's id.</param>
    /// <param name="logger">Logs a record that can't be read.</param>
    /// <returns>The job, or null when there is none; and false when its record can't be read.</returns>
    public static async Task<(
        ExportJob? Job, bool IsReadable)> FindAsync(IExportJobStore jobs, Guid id, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return (await jobs.FindAsync(id, cancellationToken), true);
        }
        catch (UnreadableRecordException exception)
        {
            Log.Left(logger, exception, id);
            return (null, false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error,
            "The record of export {ExportId} can't be read; the export is left as it is. Mend the record, or delete the export.")]
        public static partial void Left(ILogger logger, Exception exception, Guid exportId);
    }
}
