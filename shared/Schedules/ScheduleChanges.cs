using ExportFunctions.Schedules.Requests;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Schedules;

/// <summary>Creates, changes and removes schedules for their owners.</summary>
public sealed class ScheduleChanges(IScheduleStore schedules, IOptions<ScheduleOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    // Counting takes one query per partition: what this host creates within a minute is added to its last count.
    private readonly SemaphoreSlim _creation = new(1);
    private int _count;
    private long? _countedAt;

    /// <summary>
    /// Creates a schedule; it is due from now on, or from its start. <see cref="ScheduleOptions.MaxSchedules"/> may be exceeded by as many
    /// as other hosts create within a minute.
    /// </summary>
    /// <param name="request">What its owner requested.</param>
    /// <param name="cancellationToken">Cancels the call; the schedule may be there all the same.</param>
    /// <returns>The schedule; null when the limit is reached.</returns>
    public async Task<Schedule?> CreateAsync(ScheduleRequest request, CancellationToken cancellationToken)
    {
        await _creation.WaitAsync(cancellationToken);
        try
        {
            if (!await HasRoomAsync(cancellationToken))
                return null;

            _count++;
            while (true)
            {
                var now = time.GetUtcNow();
                var schedule = Due(Asked(request, Guid.CreateVersion7(now), now), now);
                if (await schedules.TryCreateAsync(schedule, cancellationToken) is { } created)
                    return created;
            }
        }
        finally
        {
            _creation.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _creation.Dispose();

    /// <summary>
    /// Replaces a schedule's settings. It keeps its id, its history and its open runs, and follows its new timing from now on. If it
    /// suspended itself, it stays suspended until it is resumed, unless the change pauses it.
    /// </summary>
    /// <param name="schedule">The schedule, as it was read.</param>
    /// <param name="request">What its owner requested.</param>
    /// <returns>The changed schedule; null when another change came first or the schedule is gone.</returns>
    public Task<Schedule?> ReplaceAsync(Schedule schedule, ScheduleRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var asked = Asked(request, schedule.Id, now);
        var isSuspended = request.Enabled && schedule.State == ScheduleState.Suspended;
        var next = asked with
        {
            State = isSuspended ? ScheduleState.Suspended : asked.State,
            SuspendedBecause = isSuspended ? schedule.SuspendedBecause : null,
            FailuresInARow = schedule.FailuresInARow,
            LastDue = schedule.LastDue,
            OpenRuns = schedule.OpenRuns,
            UntoldSuspension = schedule.UntoldSuspension,
            CreatedAt = schedule.CreatedAt,
            ETag = schedule.ETag,
            LargeFilter = schedule.LargeFilter,
            ListedDue = schedule.ListedDue,
            IsListedOpen = schedule.IsListedOpen,
        };

        // Changing its name in the very minute a run is due must not lose the run.
        var isSameRhythm =
            (next.State, next.Timing, next.StartsAt, next.EndsAt) == (schedule.State, schedule.Timing, schedule.StartsAt, schedule.EndsAt);
        return schedules.TryReplaceAsync(isSameRhythm ? Kept(next, schedule) : Due(next, now), cancellationToken);
    }

    /// <summary>Removes a schedule. Exports it started continue, and its history is kept until its retention ends.</summary>
    /// <param name="schedule">The schedule, as it was read.</param>
    /// <returns>False when another change came first or the schedule is gone.</returns>
    public Task<bool> DeleteAsync(Schedule schedule, CancellationToken cancellationToken) =>
        schedules.TryDeleteAsync(schedule, cancellationToken);

    /// <summary>Pauses a schedule until it is resumed; a suspended one is left as it is. Exports it started continue.</summary>
    /// <param name="id">The schedule's id.</param>
    /// <returns>The schedule; null when there is none.</returns>
    public Task<Schedule?> PauseAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (schedule, now) =>
            schedule.State == ScheduleState.Active ? schedule with { State = ScheduleState.Paused, NextDue = null, UpdatedAt = now } : null,
        cancellationToken);

    /// <summary>Resumes a paused or suspended schedule: it is due from now on, and its failure count is reset.</summary>
    /// <param name="id">The schedule's id.</param>
    /// <returns>The schedule; null when there is none.</returns>
    public Task<Schedule?> ResumeAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (schedule, now) => schedule.State == ScheduleState.Active
            ? null
            : Due(schedule with { State = ScheduleState.Active, FailuresInARow = 0, SuspendedBecause = null, UpdatedAt = now }, now),
        cancellationToken);

    private async Task<bool> HasRoomAsync(CancellationToken cancellationToken)
    {
        var max = options.Value.MaxSchedules;
        if (_count >= max || _countedAt is not { } countedAt || time.GetElapsedTime(countedAt) >= MaxAge)
        {
            var now = time.GetTimestamp();
            _count = await schedules.CountAsync(max, cancellationToken);
            _countedAt = now;
        }

        return _count < max;
    }

    private static Schedule Asked(ScheduleRequest request, Guid id, DateTimeOffset now) => new()
    {
        Id = id,
        Name = request.Name,
        State = request.Enabled ? ScheduleState.Active : ScheduleState.Paused,
        Timing = request.Timing,
        Dataset = request.Export.Rows.Dataset.Name,
        Format = request.Export.Format.Name,
        RequestJson = request.Export.Json,
        CheckedAgainst = request.Export.CheckedAgainst,
        Misfire = request.Misfire,
        MaxCatchUpRuns = request.MaxCatchUpRuns,
        AllowOverlap = request.AllowOverlap,
        StartsAt = request.StartsAt,
        EndsAt = request.EndsAt,
        Notify = request.Notify,
        SuspendAfter = request.SuspendAfter,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static Schedule Kept(Schedule next, Schedule before) =>
        next with
        {
            NextDue = before.NextDue,
            NextDueWall = before.NextDueWall,
            ZoneRules = before.ZoneRules,
            CatchUpsLeft = before.CatchUpsLeft
        };

    private static Schedule Due(Schedule schedule, DateTimeOffset now)
    {
        if (schedule.State != ScheduleState.Active)
            return schedule with { NextDue = null, CatchUpsLeft = null };
        if (!ScheduleReview.KnowsZone(schedule))
            return ScheduleReview.WithoutZone(schedule, now);

        var instants = new DueInstants(schedule);
        return instants.WithNext(schedule with { CatchUpsLeft = null }, instants.NextFrom(now));
    }

    /// <summary>
    /// Changes a schedule, and retries when another change came first; when the change returns null, the schedule is left as it is.
    /// </summary>
    private async Task<Schedule?> ChangeAsync(
        Guid id, Func<Schedule, DateTimeOffset, Schedule?> change, CancellationToken cancellationToken)
    {
        while (await schedules.FindAsync(id, cancellationToken) is { } schedule)
        {
            if (change(schedule, time.GetUtcNow()) is not { } changed)
                return schedule;
            if (await schedules.TryUpdateAsync(changed, cancellationToken) is { } stored)
                return stored;
        }

        return null;
    }
}
