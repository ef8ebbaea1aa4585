using ExportFunctions.Datasets.Identity;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Functions.Exports;

/// <summary>An export as the API shows it.</summary>
internal sealed record ExportResponse(
    Guid Id,
    string Status,
    string Dataset,
    string Format,
    long? RowsExpected,
    long RowsWritten,
    double? Percent,
    double RowsPerSecond,
    double? SecondsLeft,
    int Attempt,
    int Retries,
    DateTime? RetryAt,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? FinishedAt,
    bool CancelRequested,
    ExportCheckedAgainstResponse? CheckedAgainst,
    ExportWaitingResponse? WaitingFor,
    ExportErrorResponse? Error,
    IReadOnlyCollection<ExportWarning> Warnings,
    ExportFileResponse? File,
    ExportArchiveResponse? Archive,
    ExportRestoreResponse? Restore,
    ExportRequestResponse? Request)
{
    /// <summary>The export without its request, for lists and events.</summary>
    public static ExportResponse Of(ExportJob job) => new(
        job.Id,
        job.Status.Name(),
        job.Dataset,
        job.Format,
        job.RowsExpected,
        job.RowsWritten,
        PercentOf(job),
        job.RowsPerSecond,
        SecondsLeftOf(job),
        job.Attempt,
        job.Retries,
        job.RetryAt?.UtcDateTime,
        job.CreatedAt.UtcDateTime,
        job.StartedAt?.UtcDateTime,
        job.FinishedAt?.UtcDateTime,
        job.CancelRequested,
        job.CheckedAgainst is { } checkedAgainst ? ExportCheckedAgainstResponse.Of(checkedAgainst) : null,
        job is { Status: ExportStatus.Queued, CheckedAgainst: { } asked, Waiting: { } waiting }
            ? ExportWaitingResponse.Of(asked, waiting)
            : null,
        job.Error is { } error ? new ExportErrorResponse(error.Code, error.Reason) : null,
        job.Warnings,
        job is { Status: ExportStatus.Succeeded, File: { } file }
            ? new ExportFileResponse(
                file.Name,
                file.ContentType,
                file.Bytes,
                file.Sha256,
                file.SliceBytes,
                $"/{ExportRoutes.Exports}/{job.Id}/file",
                file.ExpiresAt.UtcDateTime)
            : null,
        job is { Status: ExportStatus.Expired, Archive: { } archive }
            ? new ExportArchiveResponse(archive.Blob, archive.Entry, archive.ArchivedAt.UtcDateTime)
            : null,
        job.Restore is { } restore
            ? new ExportRestoreResponse(restore.RequestedAt.UtcDateTime, restore.Days, restore.Problem)
            : null,
        Request: null);

    /// <summary>The export with its request.</summary>
    public static ExportResponse WithRequest(ExportJob job) => Of(job) with { Request = ExportRequestResponse.Of(job) };

    private static double? PercentOf(ExportJob job) => job switch
    {
        { Status: ExportStatus.Succeeded or ExportStatus.Expired } => 100,
        { RowsExpected: null } => null,
        { RowsExpected: 0 } => 0,
        _ => Math.Round(Math.Min(100.0 * job.RowsWritten / job.RowsExpected.Value, 100), 1),
    };

    private static double? SecondsLeftOf(ExportJob job) => job switch
    {
        { Status: ExportStatus.Running, RowsExpected: { } expected, RowsPerSecond: > 0 } =>
            Math.Round(Math.Max(expected - job.RowsWritten, 0) / job.RowsPerSecond, 1),
        _ => job.Status.IsFinal() ? 0 : null,
    };
}

/// <summary>
/// What a request was validated against: the dataset, its datasets file and source, and a hash of everything relevant in its definition.
/// </summary>
internal sealed record ExportCheckedAgainstResponse(string DatasetsFile, string Dataset, string Source, string Hash)
{
    public static ExportCheckedAgainstResponse Of(DatasetIdentity identity) =>
        new(identity.File, identity.Dataset, identity.SourceInWords, identity.Key);
}

/// <summary>A queued export's wait for a host that serves the dataset it was validated against.</summary>
internal sealed record ExportWaitingResponse(string Message, DateTime Since)
{
    public static ExportWaitingResponse Of(DatasetIdentity identity, ExportWait waiting) => new(
        $"It waits for a host that serves {identity.InWords}. The host {waiting.Host} left it to others: it serves {waiting.File}.",
        waiting.Since.UtcDateTime);
}

/// <summary>Why an export failed.</summary>
internal sealed record ExportErrorResponse(string Code, string Message);

/// <summary>The file of a succeeded export. The URL is the app's own and stays valid; it redirects to a short-lived link.</summary>
internal sealed record ExportFileResponse(
    string Name, string ContentType, long Bytes, string Sha256, IReadOnlyList<long>? SliceBytes, string Url, DateTime ExpiresAt);

/// <summary>Where the file of an expired export is kept.</summary>
internal sealed record ExportArchiveResponse(string Name, string Entry, DateTime ArchivedAt);

/// <summary>A request to restore the file of an expired export.</summary>
internal sealed record ExportRestoreResponse(DateTime RequestedAt, int Days, string? Problem);
