using System.Collections.Concurrent;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Cutting;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Slices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Exports.Slices;

/// <summary>Slices in memory, around an <see cref="ExportsWorld"/>: the numbers from 1 on, so many to a slice.</summary>
internal sealed class SlicesWorld(ExportsWorld exports)
{
    /// <summary>The last number of each range but the last one; a slice has four. None leaves exports whole.</summary>
    public IReadOnlyList<int> Cuts { get; set; } = [];

    /// <summary>How often an export was cut.</summary>
    public int Cut { get; private set; }

    public MemorySliceStore Store { get; } = new();

    public ConcurrentQueue<SliceMessage> Messages { get; } = new();

    public SlicedFileMaker Maker(Fuse? fuse = null) => new(
        new Cutter(this), exports.Source, Store.As(fuse ?? Fuse.Never), new Queue(this, fuse ?? Fuse.Never), Processor(fuse), exports.Files.SlicesAs(fuse ?? Fuse.Never), Options.Create(exports.Options), exports.Time);

    public SliceProcessor Processor(Fuse? fuse = null) => new(
        Store.As(fuse ?? Fuse.Never),
        exports.Jobs.As(fuse ?? Fuse.Never),
        new SliceWriting(new RequestsAgain(exports.Requests), exports.Source, Store.As(fuse ?? Fuse.Never), exports.Files.SlicesAs(fuse ?? Fuse.Never), Options.Create(exports.Options), exports.Time),
        Options.Create(exports.Options),
        exports.Time,
        NullLogger<SliceProcessor>.Instance);

    public SliceRemoval Removal(Fuse? fuse = null) => new(Store.As(fuse ?? Fuse.Never), exports.Files.SlicesAs(fuse ?? Fuse.Never));

    public static KeyBoundary Key(int number) => new([new KeyValue(KeyValueKind.Integer, FormattableString.Invariant($"{number}"))]);

    private sealed class Cutter(SlicesWorld world) : IKeyCutter
    {
        public Task<KeyCuts> CutAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken)
        {
            world.Cut++;
            return Task.FromResult(new KeyCuts(0, [.. world.Cuts.Select(Key)]));
        }
    }

    private sealed class Queue(SlicesWorld world, Fuse fuse) : ISliceQueue
    {
        public Task SendAsync(SliceMessage message, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            world.Messages.Enqueue(message);
            return Task.CompletedTask;
        });
    }
}
