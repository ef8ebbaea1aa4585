using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Submission;

/// <summary>What came of asking for an export again.</summary>
/// <param name="Result">The outcome.</param>
/// <param name="Job">The new job, or the one that has not ended; null without either.</param>
/// <param name="Reason">Why the request can't be run any more, safe to show.</param>
/// <param name="Pause">How long to wait before it is asked for again; null when it need not be.</param>
public sealed record ResubmissionOutcome(
    ResubmissionResult Result, ExportJob? Job = null, string? Reason = null, TimeSpan? Pause = null);

/// <summary>How asking for an export again ends.</summary>
public enum ResubmissionResult
{
    /// <summary>A new export is accepted.</summary>
    Accepted,

    /// <summary>There is no such export.</summary>
    NotFound,

    /// <summary>The export has not ended.</summary>
    NotEnded,

    /// <summary>Its request can't be run any more.</summary>
    NotPossible,

    /// <summary>The caller's key belongs to another request.</summary>
    KeyReused,

    /// <summary>It is to be asked for later.</summary>
    HeldBack,
}

/// <summary>Asks for an export again that has ended: a new export with the same request, checked against today's datasets.</summary>
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

    /// <summary>Asks again.</summary>
    /// <param name="id">The id of the export that has ended; it stays as it is.</param>
    /// <param name="idempotencyKey">The caller's key, which is one for this export; null when none was given.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="findPause">How long a request with addresses to notify must wait; null when it may be accepted now.</param>
    /// <param name="cancellationToken">Cancels the call; the new export may be accepted all the same.</param>
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
