using Azure;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules;

/// <summary>
/// Keeps schedules, which are due when, and which have open runs. Every change is compare-and-set on the record's ETag, and changes the
/// record and its places in the lists at once.
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
    /// Stores what the running of a schedule changes, if nobody changed it since it was read. The request stays as it is.
    /// </summary>
    /// <param name="schedule">The changed copy, with the ETag it was read with.</param>
    /// <returns>The schedule with its new ETag; null when another change came first or the schedule is gone.</returns>
    Task<Schedule?> TryUpdateAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Stores a schedule that its owner changed, request included, if nobody changed it since it was read.</summary>
    /// <param name="schedule">The changed copy, with its request and the ETag it was read with.</param>
    /// <returns>The schedule with its new ETag; null when another change came first or the schedule is gone.</returns>
    Task<Schedule?> TryReplaceAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Removes a schedule; false when it is gone or changed since it was read.</summary>
    /// <param name="schedule">The schedule, with the ETag it was read with.</param>
    Task<bool> TryDeleteAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a schedule whose record can't be read, with its place among those that have open runs; its due entries go when they are met.
    /// </summary>
    /// <param name="id">The schedule's id.</param>
    Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>One page of schedules, newest first, without their requests.</summary>
    /// <param name="pageSize">Schedules a page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the page before ended; null for the first.</param>
    Task<SchedulePage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>The schedules that start runs, in no order of interest, without their requests; what can't be read is left out.</summary>
    IAsyncEnumerable<Schedule> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>The schedules that are due, in no order of interest. What is not due is not read.</summary>
    /// <param name="now">The present instant.</param>
    IAsyncEnumerable<DueEntry> ListDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes an entry off the list that its schedule does not know of; nothing happens when it has been listed anew.</summary>
    /// <param name="entry">The entry, as it was listed.</param>
    Task RemoveDueAsync(DueEntry entry, CancellationToken cancellationToken);

    /// <summary>The schedules with open runs.</summary>
    IAsyncEnumerable<Guid> ListOpenAsync(CancellationToken cancellationToken);
}

/// <summary>One entry of the list of what is due.</summary>
/// <param name="ScheduleId">The schedule's id.</param>
/// <param name="DueAt">The instant it is due.</param>
/// <param name="ETag">The entry's version.</param>
public sealed record DueEntry(Guid ScheduleId, DateTimeOffset DueAt, ETag ETag);

/// <summary>One page of schedules.</summary>
/// <param name="Schedules">The schedules.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record SchedulePage(RecordList<Schedule> Schedules, string? ContinuationToken);

/// <summary>Keeps the history of schedules.</summary>
public interface IScheduleRunStore
{
    /// <summary>One page of a schedule's history, newest first.</summary>
    /// <param name="scheduleId">The schedule's id.</param>
    /// <param name="pageSize">Entries a page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the page before ended; null for the first.</param>
    Task<ScheduleRunPage> ListAsync(Guid scheduleId, int pageSize, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>Adds an entry, unless there is one for its run.</summary>
    /// <param name="run">The entry.</param>
    Task AddAsync(ScheduleRun run, CancellationToken cancellationToken);

    /// <summary>Writes an entry, over the one of its run where there is one.</summary>
    /// <param name="run">The entry.</param>
    Task PutAsync(ScheduleRun run, CancellationToken cancellationToken);

    /// <summary>Whether there is an entry of a run.</summary>
    /// <param name="run">The run.</param>
    Task<bool> HasAsync(ScheduleRun run, CancellationToken cancellationToken);

    /// <summary>Removes the entries of what was due before an instant, of all schedules, those that are gone included.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="action">What is done with them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of entries removed.</returns>
    Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken);
}

/// <summary>One page of a schedule's history.</summary>
/// <param name="Runs">The entries.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record ScheduleRunPage(RecordList<ScheduleRun> Runs, string? ContinuationToken);
