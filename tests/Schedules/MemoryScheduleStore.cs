using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using ExportFunctions.Schedules;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Schedules;

/// <summary>Schedules in memory, with the store's compare-and-set. It counts what is read.</summary>
internal sealed class MemoryScheduleStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Schedule> _schedules = [];
    private int _version;
    private int _found;

    /// <summary>How many schedules were read.</summary>
    public int Found => _found;

    public Schedule this[Guid id] => _schedules[id];

    public IEnumerable<Schedule> All => _schedules.Values;

    public IScheduleStore As(Fuse fuse) => new View(this, fuse);

    /// <summary>Changes a schedule behind everybody's back.</summary>
    public void Change(Guid id, Func<Schedule, Schedule> change)
    {
        lock (_lock)
            Keep(change(_schedules[id]));
    }

    private Schedule? TryCreate(Schedule schedule)
    {
        lock (_lock)
            return _schedules.ContainsKey(schedule.Id) ? null : Keep(schedule);
    }

    private Schedule? Find(Guid id)
    {
        Interlocked.Increment(ref _found);
        lock (_lock)
            return _schedules.GetValueOrDefault(id);
    }

    private Schedule? TryUpdate(Schedule schedule)
    {
        lock (_lock)
            return _schedules.TryGetValue(schedule.Id, out var stored) && stored.ETag == schedule.ETag ? Keep(schedule) : null;
    }

    private bool TryDelete(Schedule schedule)
    {
        lock (_lock)
            return _schedules.TryGetValue(schedule.Id, out var stored) && stored.ETag == schedule.ETag && _schedules.Remove(schedule.Id);
    }

    private Schedule Keep(Schedule schedule) =>
        _schedules[schedule.Id] = schedule with
        {
            ETag = new ETag((++_version).ToString(CultureInfo.InvariantCulture)),
            ListedDue = schedule.NextDue,
            IsListedOpen = schedule.IsOpen,
        };

    private T[] Snapshot<T>(Func<Schedule, bool> where, Func<Schedule, T> select)
    {
        lock (_lock)
            return [.. _schedules.Values.Where(where).OrderBy(schedule => schedule.NextDue).Select(select)];
    }

    private sealed class View(MemoryScheduleStore store, Fuse fuse) : IScheduleStore
    {
        public Task<Schedule?> TryCreateAsync(Schedule schedule, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(store.TryCreate(schedule)));

        public Task<int> CountAsync(int max, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(Math.Min(max, store.All.Count())));

        public Task<Schedule?> FindAsync(Guid id, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(store.Find(id)));

        public Task<Schedule?> TryUpdateAsync(Schedule schedule, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(store.TryUpdate(schedule)));

        public Task<Schedule?> TryReplaceAsync(Schedule schedule, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(store.TryUpdate(schedule)));

        public Task<bool> TryDeleteAsync(Schedule schedule, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(store.TryDelete(schedule)));

        public Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Records in memory can be read.");

        public Task<SchedulePage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Listing is tested on the real store.");

        public async IAsyncEnumerable<Schedule> ListActiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var schedule in await fuse.PassAsync(
                () => Task.FromResult(store.Snapshot(schedule => schedule.State == ScheduleState.Active, schedule => schedule))))
                yield return schedule;
        }

        public async IAsyncEnumerable<DueEntry> ListDueAsync(
            DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var due = await fuse.PassAsync(() => Task.FromResult(store.Snapshot(
                schedule => schedule.NextDue <= now, schedule => new DueEntry(schedule.Id, schedule.NextDue!.Value, ETag.All))));
            foreach (var entry in due)
                yield return entry;
        }

        public Task RemoveDueAsync(DueEntry entry, CancellationToken cancellationToken) => fuse.PassAsync(() => Task.CompletedTask);

        public async IAsyncEnumerable<Guid> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var id in await fuse.PassAsync(
                () => Task.FromResult(store.Snapshot(schedule => schedule.IsOpen, schedule => schedule.Id))))
                yield return id;
        }
    }
}
