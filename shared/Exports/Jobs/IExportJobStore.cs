using Azure;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Jobs;

/// <summary>Stores jobs. Every change is compare-and-set on the record's ETag.</summary>
public interface IExportJobStore
{
    /// <summary>Adds a job and lists it as active; false when its id is taken already.</summary>
    /// <param name="job">The job.</param>
    Task<bool> TryCreateAsync(ExportJob job, CancellationToken cancellationToken);

    /// <summary>Reads a job; null when there is none.</summary>
    /// <param name="id">The job's id.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    Task<ExportJob?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Stores a changed job, provided the record has not changed since it was read.</summary>
    /// <param name="job">The changed copy, with the ETag it was read with.</param>
    /// <returns>The job with its new ETag; null when another change came first or the job is gone.</returns>
    Task<ExportJob?> TryUpdateAsync(ExportJob job, CancellationToken cancellationToken);

    /// <summary>Removes a job; no error when it is gone.</summary>
    /// <param name="id">The job's id.</param>
    Task DeleteAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// One page of jobs, newest first, without their requests. When few jobs match, the search stops early: a page may then be short, even
    /// empty, and still come with a token.
    /// </summary>
    /// <param name="query">Filters and page.</param>
    Task<ExportJobPage> ListAsync(ExportJobQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the records of jobs that were created before an instant, are final and have no file still kept. Unreadable records stay.
    /// </summary>
    /// <param name="instant">The instant.</param>
    /// <param name="now">The current time: jobs whose files are kept beyond it stay.</param>
    /// <param name="action">What to do with the jobs.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of jobs.</returns>
    Task<int> SweepOlderThanAsync(DateTimeOffset instant, DateTimeOffset now, SweepAction action, CancellationToken cancellationToken);

    /// <summary>Lists the active jobs: every job that isn't final, and some that became final only a moment ago.</summary>
    IAsyncEnumerable<ActiveEntry> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>Removes a job from the active list; no error when it isn't on it.</summary>
    /// <param name="id">The job's id.</param>
    Task RemoveActiveAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Removes an entry from the active list; does nothing when its job has been listed again since.</summary>
    /// <param name="entry">The entry, as it was listed.</param>
    Task RemoveActiveAsync(ActiveEntry entry, CancellationToken cancellationToken);
}

/// <summary>One entry of the list of active jobs.</summary>
/// <param name="JobId">The job's id. Its timestamp may be long past: for a scheduled run it is the instant the run was due.</param>
/// <param name="ListedAt">When it was listed, by the storage service's clock.</param>
/// <param name="ETag">The entry's version.</param>
public sealed record ActiveEntry(Guid JobId, DateTimeOffset ListedAt, ETag ETag)
{
    /// <summary>What determines the job's turn.</summary>
    public JobTurn Turn { get; init; } = JobTurn.Unknown;
}

/// <summary>Which jobs to list.</summary>
public sealed record ExportJobQuery
{
    /// <summary>Only this state.</summary>
    public ExportStatus? Status { get; init; }

    /// <summary>Only this dataset.</summary>
    public string? Dataset { get; init; }

    /// <summary>Only this format.</summary>
    public string? Format { get; init; }

    /// <summary>Only jobs created at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only jobs created before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Jobs per page, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Where the previous page ended; null for the first.</summary>
    public string? ContinuationToken { get; init; }
}

/// <summary>One page of jobs.</summary>
/// <param name="Jobs">The jobs, newest first.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record ExportJobPage(RecordList<ExportJob> Jobs, string? ContinuationToken);
