using System.Diagnostics.CodeAnalysis;
using Azure;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// One export from request to file. An immutable picture of the stored record; a change is a copy that the store accepts only over the
/// picture it was made from.
/// </summary>
public sealed record ExportJob
{
    /// <summary>The job's id, a version 7 GUID: its time orders the list, its 74 random bits make it unguessable.</summary>
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
    /// The accepted request as JSON; read again, and checked again, when the job runs. As it is stored, a filter that is too large is not
    /// in it: <see cref="Requests.ILargeFilters"/> has it.
    /// </summary>
    public required string RequestJson { get; init; }

    /// <summary>
    /// What the request was checked against: only a host that serves the same runs it. Null for a job that an earlier version accepted.
    /// </summary>
    public DatasetIdentity? CheckedAgainst { get; init; }

    /// <summary>
    /// The columns that a request for all of them meant when it was checked, in order; empty when it named them. Stored with the new job,
    /// and never changed.
    /// </summary>
    public IReadOnlyList<string> AllColumns { get; init; } = [];

    /// <summary>That hosts left it to others, since they serve other datasets; null when none did since it was last begun.</summary>
    public ExportWait? Waiting { get; init; }

    /// <summary>
    /// The request's filter in words, as it was understood when the job was accepted, at most 500 characters; null without a filter, and
    /// in lists.
    /// </summary>
    public string? FilterInWords { get; init; }

    /// <summary>When the job was accepted, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a message for it was sent last.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When the first attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the present attempt began.</summary>
    public DateTimeOffset? AttemptStartedAt { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Attempts begun so far.</summary>
    public int Attempt { get; init; }

    /// <summary>Attempts that ended by a fault or a worker's death; an orderly shutdown isn't one.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Records the query selects; null until a worker has counted.</summary>
    public long? RowsExpected { get; init; }

    /// <summary>Records written in the present attempt.</summary>
    public long RowsWritten { get; init; }

    /// <summary>Records per second of the present attempt.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>True once a user asked to stop a running job.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>What decides on the job's turn while it waits; of a new job only.</summary>
    public JobTurn Turn { get; init; } = JobTurn.Unknown;

    /// <summary>Which worker holds the job, while running.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Until when, on the clock of this host, unless it says so again; null in a list.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Why it failed; on a queued job, why the attempt before did.</summary>
    public ExportFailure? Error { get; init; }

    /// <summary>What could not be written as it is.</summary>
    public IReadOnlyCollection<ExportWarning> Warnings { get; init; } = [];

    /// <summary>The published file.</summary>
    public ExportFile? File { get; init; }

    /// <summary>The hash of the idempotency key it was made under; null when none was given.</summary>
    public string? IdempotencyHash { get; init; }

    /// <summary>The schedule that started it; null when a user did.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>The instant its schedule was due.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often it was tried again after a fault that may pass.</summary>
    public int Retries { get; init; }

    /// <summary>When it is tried again; null when it isn't waiting for that.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Where its file went when it was no longer kept; it stays there when the file is brought back.</summary>
    public ArchivedFile? Archive { get; init; }

    /// <summary>What was asked for to bring the file back; null when it wasn't, or when it is done.</summary>
    public RestoreRequest? Restore { get; init; }

    /// <summary>How long it waited for the present attempt, from when it was accepted or was to be tried again.</summary>
    public TimeSpan QueueWait { get; init; }

    /// <summary>The host of the present attempt.</summary>
    public string? Host { get; init; }

    /// <summary>Attempts that ended and may not be recorded yet.</summary>
    public IReadOnlyList<UnrecordedAttempt> Unrecorded { get; init; } = [];

    /// <summary>What the worker of the present attempt knows of it; never stored, and null for everybody else.</summary>
    internal AttemptFigures? Figures { get; init; }

    /// <summary>The stored record's version.</summary>
    public ETag ETag { get; init; }

    /// <summary>Whether <see cref="RequestJson"/> only says where the filter is kept, which is too large for the record.</summary>
    public bool IsFilterApart => SplitRequest.NameOf(RequestJson) is not null;

    /// <summary>True while a worker's lease holds.</summary>
    /// <param name="now">The present instant.</param>
    public bool IsAlive(DateTimeOffset now) => Status == ExportStatus.Running && LeaseUntil > now;

    /// <summary>Moves to another state when that is allowed. The result still has to be accepted by the store.</summary>
    /// <param name="status">The next state.</param>
    /// <param name="now">The present instant, kept as the finish when the state is final.</param>
    /// <param name="next">The moved job.</param>
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

/// <summary>That a queued job waits for a host that serves what it was checked against.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Host">The host that left it to others first.</param>
/// <param name="File">The name of that host's datasets file.</param>
public sealed record ExportWait(DateTimeOffset Since, string Host, string File);

/// <summary>A published file.</summary>
/// <param name="Name">The name people download it under.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal; of a file in slices as <see cref="Files.FileDigest"/> says.</param>
/// <param name="ExpiresAt">Until when it is kept.</param>
public sealed record ExportFile(string Name, string ContentType, long Bytes, string Sha256, DateTimeOffset ExpiresAt)
{
    /// <summary>
    /// The sizes of the slices it was written in, which <see cref="Sha256"/> is by then; null when it was written in one piece.
    /// </summary>
    public IReadOnlyList<long>? SliceBytes { get; init; }
}

/// <summary>The wish to have an archived file back.</summary>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="Days">For how many days from the moment it is back.</param>
/// <param name="Problem">Why it could not be brought back; null while it is being tried.</param>
public sealed record RestoreRequest(DateTimeOffset RequestedAt, int Days, string? Problem = null);

/// <summary>Where an old file is kept.</summary>
/// <param name="Blob">The archive's name in the archive container.</param>
/// <param name="Entry">The file's name in the archive.</param>
/// <param name="ArchivedAt">When it was packed.</param>
public sealed record ArchivedFile(string Blob, string Entry, DateTimeOffset ArchivedAt);
