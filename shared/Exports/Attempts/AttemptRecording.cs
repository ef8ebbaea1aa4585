using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Attempts;

/// <summary>
/// Ensures that no attempt ends without a record. The change that ends the attempt stores its record with the job; then the record is
/// written to the attempt records. After a crash in between, it is still stored with the job: the sweep records it if the job is final,
/// otherwise the next attempt does.
/// </summary>
public sealed partial class AttemptRecording(IAttemptRecorder recorder, ILogger<AttemptRecording> logger) : IExportFollowUp
{
    /// <summary>Adds the attempt's record to the changed job.</summary>
    /// <param name="before">The job before the change.</param>
    /// <param name="next">The job after the change.</param>
    /// <param name="completion">How its attempt ends.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The changed job, with the record if one is due.</returns>
    internal async Task<ExportJob> WithRecordAsync(
        ExportJob before, ExportJob next, AttemptCompletion completion, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (before.Status != ExportStatus.Running && !next.Status.IsFinal())
            return next;

        var mark = await recorder.MarkAsync(now, cancellationToken);
        return next with { Unrecorded = [.. before.Unrecorded, new UnrecordedAttempt(completion.RecordOf(before, next, now), mark)] };
    }

    /// <summary>
    /// Records the attempt that has just ended. Errors don't reach the caller: what could not be recorded stays with the job.
    /// </summary>
    /// <param name="job">The job, stored.</param>
    /// <returns>The job without the attempts that are now recorded.</returns>
    internal async Task<ExportJob> TryRecordAsync(ExportJob job, CancellationToken cancellationToken)
    {
        if (job.Unrecorded.Count == 0)
            return job;

        try
        {
            // All but the last were stored earlier.
            await recorder.RecordAsync([.. job.Unrecorded.SkipLast(1)], RecordingTurn.Repeated, cancellationToken);
            await recorder.RecordAsync([job.Unrecorded[^1]], RecordingTurn.First, cancellationToken);
            return job with { Unrecorded = [] };
        }
        catch (Exception exception)
        {
            Log.Left(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, job.Id);
            return job;
        }
    }

    /// <summary>Records what earlier attempts of a job left unrecorded.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Stops the call; it can be repeated.</param>
    internal Task RecordAsync(ExportJob job, CancellationToken cancellationToken) =>
        job.Unrecorded.Count == 0 ? Task.CompletedTask : recorder.RecordAsync(job.Unrecorded, RecordingTurn.Repeated, cancellationToken);

    /// <inheritdoc/>
    public Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken) => RecordAsync(job, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The attempt of export {ExportId} could not be recorded yet; it is tried again.")]
        public static partial void Left(ILogger logger, LogLevel level, Exception exception, Guid exportId);
    }
}
