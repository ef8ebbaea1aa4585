using Azure;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules;

/// <summary>
/// Stores schedules, and lists which are due and which have open runs. Every change is compare-and-set on the record's ETag, and updates
/// the record and its list entries in one transaction.
/// </summary>
public interface IScheduleStore
{
    /// <summary>Adds a schedule; false when its id is taken already.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <returns>The schedule with its ETag; null when its id is taken.</returns>
    Task<Schedule?> TryCreateAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Counts the schedules, up to a number.</summary>
    /// <param name="max">The number to stop at.</param>
    Task<int> CountAsync(int max, CancellationToken cancellationToken);

    /// <summary>Reads a schedule; null when there is none.</summary>
    /// <param name="id">The schedule's id.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    Task<Schedule?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the changes made by running a schedule, unless it has changed since it was read. The request isn't written.
    /// </summary>
    /// <param name="schedule">The changed copy, with the ETag it was read with.</param>
    /// <returns>The schedule with its new ETag; null when another change came first or the schedule is gone.</returns>
    Task<Schedule?> TryUpdateAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Stores a schedule changed by its owner, including the request, unless it has changed since it was read.</summary>
    /// <param name="schedule">The changed copy, with its request and the ETag it was read with.</param>
    /// <returns>The schedule with its new ETag; null when another change came first or the schedule is gone.</returns>
    Task<Schedule?> TryReplaceAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Removes a schedule; false when it is gone or changed since it was read.</summary>
    /// <param name="schedule">The schedule, with the ETag it was read with.</param>
    Task<bool> TryDeleteAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a schedule whose record can't be read, along with its entry among those with open runs; its due entries are removed when a
    /// tick reads them.
    /// </summary>
    /// <param name="id">The schedule's id.</param>
    Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>One page of schedules, newest first, without their requests.</summary>
    /// <param name="pageSize">Schedules per page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the previous page ended; null for the first.</param>
    Task<SchedulePage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>The schedules that start runs, in no particular order, without their requests; unreadable ones are left out.</summary>
    IAsyncEnumerable<Schedule> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>The schedules that are due, in no particular order. Those not due are not read.</summary>
    /// <param name="now">The current time.</param>
    IAsyncEnumerable<DueEntry> ListDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes a due entry that its schedule doesn't refer to; does nothing when it has been listed again since.</summary>
    /// <param name="entry">The entry, as it was listed.</param>
    Task RemoveDueAsync(DueEntry entry, CancellationToken cancellationToken);

    /// <summary>The schedules with open runs.</summary>
    IAsyncEnumerable<Guid> ListOpenAsync(CancellationToken cancellationToken);
}

/// <summary>An entry in the list of due schedules.</summary>
/// <param name="ScheduleId">The schedule's id.</param>
/// <param name="DueAt">The instant it is due.</param>
/// <param name="ETag">The entry's version.</param>
public sealed record DueEntry(Guid ScheduleId, DateTimeOffset DueAt, ETag ETag);

/// <summary>One page of schedules.</summary>
/// <param name="Schedules">The schedules.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record SchedulePage(RecordList<Schedule> Schedules, string? ContinuationToken);

/// <summary>Stores the history of schedules.</summary>
public interface IScheduleRunStore
{
    /// <summary>One page of a schedule's history, newest first.</summary>
    /// <param name="scheduleId">The schedule's id.</param>
    /// <param name="pageSize">Entries per page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the previous page ended; null for the first.</param>
    Task<ScheduleRunPage> ListAsync(Guid scheduleId, int pageSize, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>Adds an entry, unless its run already has one.</summary>
    /// <param name="run">The entry.</param>
    Task AddAsync(ScheduleRun run, CancellationToken cancellationToken);

    /// <summary>Writes an entry, replacing any existing one of its run.</summary>
    /// <param name="run">The entry.</param>
    Task PutAsync(ScheduleRun run, CancellationToken cancellationToken);

    /// <summary>Whether a run has an entry.</summary>
    /// <param name="run">The run.</param>
    Task<bool> HasAsync(ScheduleRun run, CancellationToken cancellationToken);

    /// <summary>Removes the entries of runs that were due before an instant, for all schedules, including deleted ones.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="action">What to do with them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of entries removed.</returns>
    Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken);
}

/// <summary>One page of a schedule's history.</summary>
/// <param name="Runs">The entries.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record ScheduleRunPage(RecordList<ScheduleRun> Runs, string? ContinuationToken);
