using ExportFunctions.Datasets.Snapshots;

namespace ExportFunctions.Exports.Slices;

/// <summary>An export as it is cut, and what must be held while its slices are written.</summary>
/// <param name="Slices">The slices.</param>
/// <param name="Snapshot">The snapshot they are read from; null when there is none.</param>
internal sealed record FileCut(IReadOnlyList<Slice> Slices, IHeldSnapshot? Snapshot) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Snapshot?.DisposeAsync() ?? ValueTask.CompletedTask;
}
