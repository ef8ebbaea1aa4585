using ExportFunctions.Datasets.Snapshots;

namespace ExportFunctions.Exports.Slices;

/// <summary>The slices of an export, and what must be held while they are written.</summary>
/// <param name="Slices">The slices.</param>
/// <param name="Snapshot">The snapshot they read from; null when there is none.</param>
internal sealed record SlicePlan(IReadOnlyList<Slice> Slices, IHeldSnapshot? Snapshot) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Snapshot?.DisposeAsync() ?? ValueTask.CompletedTask;
}
