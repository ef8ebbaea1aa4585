namespace ExportFunctions.Schedules;

/// <summary>Keeps schedules, and which are due when. Every change is compare-and-set on the record's ETag.</summary>
public interface IScheduleStore
{
    /// <summary>Adds a schedule; false when its id is taken already.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The schedule with its ETag; null when its id is taken.</returns>
    Task<Schedule?> TryCreateAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Reads a schedule; null when there is none.</summary>
    /// <param name="id">The schedule's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Schedule?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Stores a changed schedule, if nobody changed it since it was read.</summary>
    /// <param name="schedule">The changed copy, with the ETag it was read with.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The schedule with its new ETag; null when another change came first or the schedule is gone.</returns>
    Task<Schedule?> TryUpdateAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Removes a schedule; false when it is gone or changed since it was read.</summary>
    /// <param name="schedule">The schedule, with the ETag it was read with.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<bool> TryDeleteAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>One page of schedules, newest first, without their requests.</summary>
    /// <param name="pageSize">Schedules a page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the page before ended; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<SchedulePage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken);
}

/// <summary>One page of schedules.</summary>
/// <param name="Schedules">The schedules.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record SchedulePage(IReadOnlyList<Schedule> Schedules, string? ContinuationToken);

/// <summary>Keeps the history of schedules.</summary>
public interface IScheduleRunStore
{
    /// <summary>One page of a schedule's history, newest first.</summary>
    /// <param name="scheduleId">The schedule's id.</param>
    /// <param name="pageSize">Entries a page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the page before ended; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ScheduleRunPage> ListAsync(Guid scheduleId, int pageSize, string? continuationToken, CancellationToken cancellationToken);
}

/// <summary>One page of a schedule's history.</summary>
/// <param name="Runs">The entries.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record ScheduleRunPage(IReadOnlyList<ScheduleRun> Runs, string? ContinuationToken);
