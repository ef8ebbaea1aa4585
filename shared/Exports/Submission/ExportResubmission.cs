using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Submission;

/// <summary>The result of resubmitting an export.</summary>
/// <param name="Result">The outcome.</param>
/// <param name="Job">The new job, or the one that has not ended; null when there is neither.</param>
/// <param name="Reason">Why the request can no longer be run, safe to show.</param>
/// <param name="Pause">How long to wait before resubmitting; null when there is no need to wait.</param>
public sealed record ResubmissionOutcome(
    ResubmissionResult Result, ExportJob? Job = null, string? Reason = null, TimeSpan? Pause = null);

/// <summary>The possible results of resubmitting an export.</summary>
public enum ResubmissionResult
{
    /// <summary>A new export is accepted.</summary>
    Accepted,

    /// <summary>There is no such export.</summary>
    NotFound,

    /// <summary>The export has not ended.</summary>
    NotEnded,

    /// <summary>Its request can no longer be run.</summary>
    NotPossible,

    /// <summary>The caller's key belongs to another request.</summary>
    KeyReused,

    /// <summary>It must be resubmitted later.</summary>
    HeldBack,
}

/// <summary>Resubmits an export that has ended: a new export with the same request, validated against the current datasets.</summary>
public sealed class ExportResubmission
{
    private readonly IExportJobStore _jobs;
    private readonly JobRequestReader _requests;
    private readonly ExportSubmission _submission;

    internal ExportResubmission(IExportJobStore jobs, JobRequestReader requests, ExportSubmission submission)
    {
        _jobs = jobs;
        _requests = requests;
        _submission = submission;
    }

    /// <summary>Resubmits an export.</summary>
    /// <param name="id">The id of the export that has ended; it is not changed.</param>
    /// <param name="idempotencyKey">The caller's key, which is specific to this export; null when none was given.</param>
    /// <param name="caller">Who resubmits it.</param>
    /// <param name="findPause">How long a request with addresses to notify must wait; null when it may be accepted now.</param>
    /// <param name="cancellationToken">Cancels the call; the new export may be accepted nevertheless.</param>
    public async Task<ResubmissionOutcome> SubmitAsync(
        Guid id,
        string? idempotencyKey,
        ExportCaller caller,
        Func<CancellationToken, Task<TimeSpan?>> findPause,
        CancellationToken cancellationToken)
    {
        if (await _jobs.FindAsync(id, cancellationToken) is not { } job)
            return new ResubmissionOutcome(ResubmissionResult.NotFound);
        if (!job.Status.IsFinal())
            return new ResubmissionOutcome(ResubmissionResult.NotEnded, job);

        try
        {
            var request = await _requests.OfAsync(job, cancellationToken);
            if (request.Notify.Count > 0 && await findPause(cancellationToken) is { } pause)
                return new ResubmissionOutcome(ResubmissionResult.HeldBack, Pause: pause);

            var key = idempotencyKey is null ? null : $"retry {id:N} {idempotencyKey}";
            return await _submission.SubmitAsync(request, key, caller, cancellationToken) is { } submitted
                ? new ResubmissionOutcome(ResubmissionResult.Accepted, submitted)
                : new ResubmissionOutcome(ResubmissionResult.KeyReused);
        }
        catch (ExportFailureException exception)
        {
            return new ResubmissionOutcome(ResubmissionResult.NotPossible, Reason: exception.Failure.Reason);
        }
    }
}
