using System.Globalization;
using Azure;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Formats.Slices;

namespace ExportFunctions.Tests.Exports.Slices;

/// <summary>Slices in memory, with the store's compare-and-set.</summary>
internal sealed class MemorySliceStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Job, int Number), Slice> _slices = [];
    private readonly Dictionary<(Guid Job, int Number, int Claim), byte[]> _indexes = [];
    private readonly Dictionary<(Guid Job, string Partitioning), byte[]> _preparations = [];
    private int _version;
    private int _next = ISliceNumbers.First;

    public IReadOnlyList<Slice> All
    {
        get
        {
            lock (_lock)
                return [.. _slices.Values.OrderBy(slice => slice.Number)];
        }
    }

    public ISliceStore As(Fuse fuse) => new View(this, fuse);

    /// <summary>Changes a slice behind everybody's back.</summary>
    public void Change(int number, Func<Slice, Slice> change)
    {
        lock (_lock)
        {
            var slice = _slices.Values.Single(slice => slice.Number == number);
            _slices[(slice.JobId, number)] = change(slice) with { ETag = NextETag() };
        }
    }

    private ETag NextETag() => new((++_version).ToString(CultureInfo.InvariantCulture));

    private sealed class View(MemorySliceStore store, Fuse fuse) : ISliceStore
    {
        public Task<IReadOnlyList<Slice>> ListAsync(Guid jobId, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                return Task.FromResult<IReadOnlyList<Slice>>(
                    [.. store._slices.Values.Where(slice => slice.JobId == jobId).OrderBy(slice => slice.Number)]);
        });

        public Task CreateAsync(IReadOnlyList<Slice> slices, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
            {
                if (store._slices.Keys.Any(key => key.Job == slices[0].JobId))
                    return Task.CompletedTask;

                foreach (var slice in slices)
                    store._slices[(slice.JobId, slice.Number)] = slice with { ETag = store.NextETag() };
            }

            return Task.CompletedTask;
        });

        public Task<Slice?> FindAsync(SliceMessage message, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                return Task.FromResult(store._slices.GetValueOrDefault((message.JobId, message.Number)));
        });

        public Task<Slice?> TryUpdateAsync(Slice slice, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
            {
                if (!store._slices.TryGetValue((slice.JobId, slice.Number), out var stored) || stored.ETag != slice.ETag)
                    return Task.FromResult<Slice?>(null);

                return Task.FromResult<Slice?>(store._slices[(slice.JobId, slice.Number)] = slice with { ETag = store.NextETag() });
            }
        });

        public Task<bool> TrySplitAsync(Slice slice, Slice rest, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
            {
                if (!store._slices.TryGetValue((slice.JobId, slice.Number), out var stored) || stored.ETag != slice.ETag)
                    return Task.FromResult(false);

                store._slices[(slice.JobId, slice.Number)] = slice with { ETag = store.NextETag() };
                store._slices.Add((rest.JobId, rest.Number), rest with { ETag = store.NextETag() });
                return Task.FromResult(true);
            }
        });

        public Task WriteIndexAsync(Slice slice, ReadOnlyMemory<byte> index, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                store._indexes[(slice.JobId, slice.Number, slice.Claim)] = index.ToArray();

            return Task.CompletedTask;
        });

        public Task<ReadOnlyMemory<byte>> ReadIndexAsync(Slice slice, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                return Task.FromResult<ReadOnlyMemory<byte>>(store._indexes.GetValueOrDefault((slice.JobId, slice.Number, slice.Claim)));
        });

        public Task WritePreparationAsync(
            Guid jobId, string partitioning, ReadOnlyMemory<byte> preparation, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                store._preparations[(jobId, partitioning)] = preparation.ToArray();

            return Task.CompletedTask;
        });

        public Task<ReadOnlyMemory<byte>> ReadPreparationAsync(Guid jobId, string partitioning, CancellationToken cancellationToken) =>
            fuse.PassAsync(() =>
        {
            lock (store._lock)
                return Task.FromResult<ReadOnlyMemory<byte>>(store._preparations.GetValueOrDefault((jobId, partitioning)));
        });

        public Task<int> TakeNumbersAsync(Slice slice, int count, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                return Task.FromResult((store._next += count) - count);
        });

        public Task<bool> HasRowsAsync(Guid jobId, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                return Task.FromResult(store._slices.Keys.Any(key => key.Job == jobId) || store._indexes.Keys.Any(key => key.Job == jobId)
                    || store._preparations.Keys.Any(key => key.Job == jobId));
        });

        public Task DeleteAsync(Guid jobId, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
            {
                foreach (var key in store._slices.Keys.Where(key => key.Job == jobId).ToList())
                    store._slices.Remove(key);
                foreach (var key in store._indexes.Keys.Where(key => key.Job == jobId).ToList())
                    store._indexes.Remove(key);
                foreach (var key in store._preparations.Keys.Where(key => key.Job == jobId).ToList())
                    store._preparations.Remove(key);
            }

            return Task.CompletedTask;
        });
    }
}
