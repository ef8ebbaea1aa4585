namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// What another capability does once a job is final: records it, tells people. Called after the final state is stored and before the job
/// leaves the list of active ones, so that a host that dies in between leaves it there, and the sweep calls again: every call must be
/// safe to repeat.
/// </summary>
public interface IExportFollowUp
{
    /// <summary>Follows up on a final job. What it throws is logged, and the sweep calls again; the job's state stays as it is.</summary>
    /// <param name="job">The job, final.</param>
    /// <param name="cancellationToken">Stops the call; the sweep calls again.</param>
    Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken);
}
