using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Maps exceptions to export failures.</summary>
internal static class ExportFailures
{
    public static readonly ExportFailure StorageUnavailable =
        new("storage_unavailable", "The storage account did not answer as expected.", FailureKind.Transient);

    public static readonly ExportFailure WorkerLost =
        new("worker_lost", "The worker stopped without a word before the file was finished.", FailureKind.Transient);

    /// <summary>The failure of a job that has used up its attempts.</summary>
    public static ExportFailure Exhausted(ExportJob job) => new(
        "attempts_exhausted",
        job.Error is { } error
            ? $"Given up after {job.Attempt} attempts. The last one failed: {error.Reason}"
            : $"Given up after {job.Attempt} attempts: the worker stopped each time before the file was finished.",
        FailureKind.Permanent);

    // The storage clients wrap the exceptions of their own retries.
    public static ExportFailure Of(Exception exception) => exception switch
    {
        ExportFailureException known => known.Failure,
        UnreadableRecordException unreadable => new ExportFailure(
            "record_unreadable",
            $"A record of the export can't be read. {unreadable.Record.Reason} The file is written anew.",
            FailureKind.Transient),
        Azure.RequestFailedException => StorageUnavailable,
        AggregateException { InnerException: Azure.RequestFailedException or OperationCanceledException } => StorageUnavailable,
        _ => new ExportFailure(
            "internal_error", "An unexpected fault occurred; the log has its details under the export's id.", FailureKind.Transient),
    };
}
