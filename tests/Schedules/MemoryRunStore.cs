using System.Collections.Concurrent;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Records;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Schedules;

/// <summary>Histories in memory, under the keys of the real store.</summary>
internal sealed class MemoryRunStore
{
    private readonly ConcurrentDictionary<(Guid Schedule, string Row), ScheduleRun> _runs = new();

    /// <summary>A schedule's history, the earliest first.</summary>
    public IReadOnlyList<ScheduleRun> Of(Guid scheduleId) =>
        [.. _runs.Values.Where(run => run.ScheduleId == scheduleId).OrderBy(run => run.DueAt)];

    public IScheduleRunStore As(Fuse fuse) => new View(this, fuse);

    private static (Guid Schedule, string Row) KeyOf(ScheduleRun run) => (run.ScheduleId, ScheduleRunEntity.RowOf(run));

    private sealed class View(MemoryRunStore store, Fuse fuse) : IScheduleRunStore
    {
        public Task<ScheduleRunPage> ListAsync(
            Guid scheduleId, int pageSize, string? continuationToken, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Listing is tested on the real store.");

        public Task AddAsync(ScheduleRun run, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            store._runs.TryAdd(KeyOf(run), run);
            return Task.CompletedTask;
        });

        public Task PutAsync(ScheduleRun run, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            store._runs[KeyOf(run)] = run;
            return Task.CompletedTask;
        });

        public Task<bool> HasAsync(ScheduleRun run, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(store._runs.ContainsKey(KeyOf(run))));

        public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Retention is tested on the real store.");
    }
}
