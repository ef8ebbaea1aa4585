using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Exports;

/// <summary>Jobs in memory, with the store's compare-and-set.</summary>
internal sealed class MemoryJobStore(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, ExportJob> _jobs = [];
    private int _version;
    private int _found;

    public ConcurrentDictionary<Guid, DateTimeOffset> Active { get; } = new();

    /// <summary>Runs before a change is stored, with its call's token.</summary>
    public Func<CancellationToken, Task> Updating { get; set; } = _ => Task.CompletedTask;

    /// <summary>How often a job was read.</summary>
    public int Found => _found;

    public ExportJob this[Guid id] => _jobs[id];

    public IExportJobStore As(Fuse fuse) => new View(this, fuse);

    /// <summary>Changes a job behind everybody's back.</summary>
    public void Change(Guid id, Func<ExportJob, ExportJob> change)
    {
        lock (_lock)
            _jobs[id] = change(_jobs[id]) with { ETag = NextETag() };
    }

    /// <summary>Removes a job behind everybody's back.</summary>
    public void Remove(Guid id)
    {
        lock (_lock)
            _jobs.Remove(id);
    }

    private bool TryCreate(ExportJob job)
    {
        Active[job.Id] = time.GetUtcNow();
        lock (_lock)
            return _jobs.TryAdd(job.Id, job with { ETag = NextETag() });
    }

    private ExportJob? Find(Guid id)
    {
        Interlocked.Increment(ref _found);
        lock (_lock)
            return _jobs.GetValueOrDefault(id);
    }

    private ExportJob? TryUpdate(ExportJob job)
    {
        lock (_lock)
        {
            if (!_jobs.TryGetValue(job.Id, out var stored) || (stored.ETag != job.ETag && job.ETag != ETag.All))
                return null;

            return _jobs[job.Id] = job with { ETag = NextETag() };
        }
    }

    private ETag NextETag() => new((++_version).ToString(CultureInfo.InvariantCulture));

    private sealed class View(MemoryJobStore store, Fuse fuse) : IExportJobStore
    {
        public Task<bool> TryCreateAsync(ExportJob job, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(store.TryCreate(job)));

        public Task<ExportJob?> FindAsync(Guid id, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(store.Find(id)));

        public Task<ExportJob?> TryUpdateAsync(ExportJob job, CancellationToken cancellationToken) => fuse.PassAsync(async () =>
        {
            await store.Updating(cancellationToken);
            return store.TryUpdate(job);
        });

        public Task DeleteAsync(Guid id, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            store.Remove(id);
            return Task.CompletedTask;
        });

        public Task<ExportJobPage> ListAsync(ExportJobQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Listing is tested on the real store.");

        public Task<int> SweepOlderThanAsync(
            DateTimeOffset instant, DateTimeOffset now, SweepAction action, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Sweeping is tested on the real store.");

        public async IAsyncEnumerable<ActiveEntry> ListActiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var (id, listedAt) in await fuse.PassAsync(() => Task.FromResult(store.Active.ToArray())))
                yield return new ActiveEntry(id, listedAt, ETag.All) { Turn = store.Find(id)?.Turn ?? JobTurn.Unknown };
        }

        public Task RemoveActiveAsync(ActiveEntry entry, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            store.Active.TryRemove(KeyValuePair.Create(entry.JobId, entry.ListedAt));
            return Task.CompletedTask;
        });

        public Task RemoveActiveAsync(Guid id, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            store.Active.TryRemove(id, out _);
            return Task.CompletedTask;
        });
    }
}
