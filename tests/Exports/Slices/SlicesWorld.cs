using System.Collections.Concurrent;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Snapshots;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Exports.Slices;

/// <summary>Slices in memory, around an <see cref="ExportsWorld"/>: the numbers from 1 on, so many to a slice.</summary>
internal sealed class SlicesWorld(ExportsWorld exports)
{
    /// <summary>The last number of each range but the last one; a slice has four. None leaves exports whole.</summary>
    public IReadOnlyList<int> Boundaries { get; set; } = [];

    /// <summary>How often an export was partitioned.</summary>
    public int Partitionings { get; private set; }

    public MemorySliceStore Store { get; } = new();

    public ConcurrentQueue<SliceMessage> Messages { get; } = new();

    /// <summary>Whether the source has snapshots that others can read from.</summary>
    public bool HasSnapshots { get; set; } = true;

    /// <summary>The snapshots that are held, by whom they are read from.</summary>
    public ConcurrentDictionary<string, bool> Snapshots { get; } = new(StringComparer.Ordinal);

    public SlicePartitioning Partitioning(Fuse? fuse = null) => exports.Services(fuse).GetRequiredService<SlicePartitioning>();

    public SlicedFileMaker Maker(Fuse? fuse = null) => exports.Services(fuse).GetRequiredService<SlicedFileMaker>();

    public SliceProcessor Processor(Fuse? fuse = null) => exports.Services(fuse).GetRequiredService<SliceProcessor>();

    public SliceRemoval Removal(Fuse? fuse = null) => exports.Services(fuse).GetRequiredService<SliceRemoval>();

    /// <summary>Puts this world's memory in the place of what the product has.</summary>
    public void AddTo(IServiceCollection services, Fuse fuse) => services
        .AddSingleton(Store.As(fuse))
        .AddSingleton<ISliceQueue>(new Queue(this, fuse))
        .AddSingleton<IKeyPartitioner>(new Partitioner(this))
        .AddSingleton<ISnapshotKeeper>(new Keeper(this));

    public static KeyBoundary Key(int number) => new([new KeyValue(KeyValueKind.Integer, FormattableString.Invariant($"{number}"))]);

    private sealed class Keeper(SlicesWorld world) : ISnapshotKeeper
    {
        public Task<IHeldSnapshot?> TryHoldAsync(RowQuery query, CancellationToken cancellationToken)
        {
            if (!world.HasSnapshots)
                return Task.FromResult<IHeldSnapshot?>(null);

            var held = new Held(world, FormattableString.Invariant($"snapshot-{world.Snapshots.Count + 1}"));
            world.Snapshots[held.Id] = true;
            return Task.FromResult<IHeldSnapshot?>(held);
        }
    }

    private sealed class Held(SlicesWorld world, string id) : IHeldSnapshot
    {
        public string Id => id;

        public Task CheckAsync(CancellationToken cancellationToken) =>
            world.Snapshots[id] ? Task.CompletedTask : throw ExportFailureException.Transient("snapshot_lost", "The snapshot is gone.");

        public ValueTask DisposeAsync()
        {
            world.Snapshots[id] = false;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Partitioner(SlicesWorld world) : IKeyPartitioner
    {
        public Task<KeyPartitions> PartitionAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken)
        {
            world.Partitionings++;
            return Task.FromResult(new KeyPartitions(0, [.. world.Boundaries.Select(Key)]));
        }
    }

    private sealed class Queue(SlicesWorld world, Fuse fuse) : ISliceQueue
    {
        public Task SendAsync(SliceMessage message, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            world.Messages.Enqueue(message);
            return Task.CompletedTask;
        });

        public Task SendLaterAsync(SliceMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
            SendAsync(message, cancellationToken);
    }
}
