using System.Diagnostics.CodeAnalysis;
using Azure;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// One export from request to file. An immutable snapshot of the stored record; a change is a copy that the store accepts only if the
/// record is still the one the copy was made from.
/// </summary>
public sealed record ExportJob
{
    /// <summary>The job's id, a version 7 GUID: its timestamp orders the list, and its 74 random bits make it unguessable.</summary>
    public required Guid Id { get; init; }

    /// <summary>The state.</summary>
    public required ExportStatus Status { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>The name people download the file under.</summary>
    public required string FileName { get; init; }

    /// <summary>
    /// The accepted request as JSON; read and validated again when the job runs. A filter too large for the record is not in the stored
    /// JSON but in <see cref="Requests.ILargeFilters"/>.
    /// </summary>
    public required string RequestJson { get; init; }

    /// <summary>
    /// The dataset the request was validated against: only a host that serves the same one runs the job. Null for a job accepted by an
    /// earlier version.
    /// </summary>
    public DatasetIdentity? CheckedAgainst { get; init; }

    /// <summary>
    /// The columns that a request for all columns resolved to when it was validated, in order; empty when the request named its columns.
    /// Stored with the new job and never changed.
    /// </summary>
    public IReadOnlyList<string> AllColumns { get; init; } = [];

    /// <summary>
    /// Set while hosts pass the job on because they serve other datasets; null when none has since the last attempt began.
    /// </summary>
    public ExportWait? Waiting { get; init; }

    /// <summary>
    /// The request's filter in words, as understood when the job was accepted, at most 500 characters; null without a filter, and in lists.
    /// </summary>
    public string? FilterInWords { get; init; }

    /// <summary>When the job was accepted, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last message was sent.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When the first attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the current attempt began.</summary>
    public DateTimeOffset? AttemptStartedAt { get; init; }

    /// <summary>When it reached a final state.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Attempts started so far.</summary>
    public int Attempt { get; init; }

    /// <summary>Attempts that ended with a fault or the death of their worker; a graceful shutdown doesn't count.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Records the query selects; null until a worker has counted.</summary>
    public long? RowsExpected { get; init; }

    /// <summary>Records written in the current attempt.</summary>
    public long RowsWritten { get; init; }

    /// <summary>Records per second in the current attempt.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>True once a user has asked to cancel a running job.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>What determines the job's turn while it waits; set on new jobs only.</summary>
    public JobTurn Turn { get; init; } = JobTurn.Unknown;

    /// <summary>The worker that holds the job while it is running.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>When the lease expires unless it is renewed, by this host's clock; null in lists.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Why the job failed; on a queued job, why the previous attempt did.</summary>
    public ExportFailure? Error { get; init; }

    /// <summary>What could not be written as is.</summary>
    public IReadOnlyCollection<ExportWarning> Warnings { get; init; } = [];

    /// <summary>The published file.</summary>
    public ExportFile? File { get; init; }

    /// <summary>The hash of the idempotency key it was created with; null when none was given.</summary>
    public string? IdempotencyHash { get; init; }

    /// <summary>The schedule that started it; null when a user did.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>The instant its schedule was due.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How many times it was retried after a transient error.</summary>
    public int Retries { get; init; }

    /// <summary>When it will be retried; null when it isn't waiting for a retry.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Where its file was archived after it expired; stays set when the file is restored.</summary>
    public ArchivedFile? Archive { get; init; }

    /// <summary>The pending request to restore the file; null when there is none or it is done.</summary>
    public RestoreRequest? Restore { get; init; }

    /// <summary>How long the job waited for the current attempt, from when it was accepted or due for a retry.</summary>
    public TimeSpan QueueWait { get; init; }

    /// <summary>The host of the current attempt.</summary>
    public string? Host { get; init; }

    /// <summary>Finished attempts that may not have been recorded yet.</summary>
    public IReadOnlyList<UnrecordedAttempt> Unrecorded { get; init; } = [];

    /// <summary>What the worker of the current attempt knows about it; never stored, and null everywhere else.</summary>
    internal AttemptFigures? Figures { get; init; }

    /// <summary>The stored record's version.</summary>
    public ETag ETag { get; init; }

    /// <summary>
    /// Whether the filter is too large for the record, so that <see cref="RequestJson"/> only refers to where it is stored.
    /// </summary>
    public bool IsFilterApart => SplitRequest.NameOf(RequestJson) is not null;

    /// <summary>True while a worker holds an unexpired lease.</summary>
    /// <param name="now">The current time.</param>
    public bool IsAlive(DateTimeOffset now) => Status == ExportStatus.Running && LeaseUntil > now;

    /// <summary>Moves to another state if the transition is allowed. The store still has to accept the result.</summary>
    /// <param name="status">The next state.</param>
    /// <param name="now">The current time, stored as the finish time when the state is final.</param>
    /// <param name="next">The job in its new state.</param>
    public bool TryMoveTo(ExportStatus status, DateTimeOffset now, [NotNullWhen(true)] out ExportJob? next)
    {
        if (!Status.CanMoveTo(status))
        {
            next = null;
            return false;
        }

        next = this with
        {
            Status = status,
            FinishedAt = status.IsFinal() ? FinishedAt ?? now : null,
            RetryAt = status == ExportStatus.Queued ? RetryAt : null,
            LeaseOwner = status == ExportStatus.Running ? LeaseOwner : null,
            LeaseUntil = status == ExportStatus.Running ? LeaseUntil : null,
        };
        return true;
    }
}

/// <summary>A queued job's wait for a host that serves the dataset it was validated against.</summary>
/// <param name="Since">When the wait began.</param>
/// <param name="Host">The first host that passed the job on.</param>
/// <param name="File">The name of that host's datasets file.</param>
public sealed record ExportWait(DateTimeOffset Since, string Host, string File);

/// <summary>A published file.</summary>
/// <param name="Name">The name people download it under.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal; for a file written in slices, see <see cref="Files.FileDigest"/>.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record ExportFile(string Name, string ContentType, long Bytes, string Sha256, DateTimeOffset ExpiresAt)
{
    /// <summary>
    /// The sizes of the slices the file was written in; <see cref="Sha256"/> is then computed over these slices. Null when it was written
    /// in one piece.
    /// </summary>
    public IReadOnlyList<long>? SliceBytes { get; init; }
}

/// <summary>A request to restore an archived file.</summary>
/// <param name="RequestedAt">When it was requested.</param>
/// <param name="Days">For how many days to keep the file once it is restored.</param>
/// <param name="Problem">Why the file could not be restored; null while the restore is in progress.</param>
public sealed record RestoreRequest(DateTimeOffset RequestedAt, int Days, string? Problem = null);

/// <summary>Where an archived file is kept.</summary>
/// <param name="Blob">The archive's name in the archive container.</param>
/// <param name="Entry">The file's name in the archive.</param>
/// <param name="ArchivedAt">When it was archived.</param>
public sealed record ArchivedFile(string Blob, string Entry, DateTimeOffset ArchivedAt);
