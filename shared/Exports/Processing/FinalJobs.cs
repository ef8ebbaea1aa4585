using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Removes a final job from the active list once all its follow-ups are done. The sweep follows up again on a job that is still listed.
/// </summary>
public sealed partial class FinalJobs(IExportJobStore jobs, IEnumerable<IExportFollowUp> followUps, ILogger<FinalJobs> logger)
{
    private readonly IReadOnlyList<IExportFollowUp> _followUps = [.. followUps];

    /// <summary>Follows up on a job and removes it from the list. Errors of follow-ups don't reach the caller.</summary>
    /// <param name="job">The job, final.</param>
    /// <param name="cancellationToken">Stops the call; the sweep calls again.</param>
    public async Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var isDone = true;
        foreach (var followUp in _followUps)
        {
            try
            {
                await followUp.FollowUpAsync(job, cancellationToken);
            }
            catch (Exception exception)
            {
                isDone = false;
                Log.Left(logger, OutageFaults.LevelOf(exception, LogLevel.Error), exception, job.Id);
            }
        }

        if (isDone)
            await jobs.RemoveActiveAsync(job.Id, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "What follows from the end of export {ExportId} could not be done; the sweep tries again.")]
        public static partial void Left(ILogger logger, LogLevel level, Exception exception, Guid exportId);
    }
}
