namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// What another feature does once a job is final, such as recording it or notifying people. Called after the final state is stored and
/// before the job leaves the active list, so that if the host dies in between, the job is still listed and the sweep calls again: every
/// call must be safe to repeat.
/// </summary>
public interface IExportFollowUp
{
    /// <summary>Follows up on a final job. An exception is logged and the sweep calls again; the job's state doesn't change.</summary>
    /// <param name="job">The job, final.</param>
    /// <param name="cancellationToken">Stops the call; the sweep calls again.</param>
    Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken);
}
