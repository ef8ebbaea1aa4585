using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExportFunctions.Exports.Files;

namespace ExportFunctions.Tests.Exports;

/// <summary>Notes of late files in memory.</summary>
internal sealed class MemoryLateFiles
{
    public ConcurrentDictionary<Guid, LateFile> Notes { get; } = new();

    public ILateFileStore As(Fuse fuse) => new View(this, fuse);

    private sealed class View(MemoryLateFiles late, Fuse fuse) : ILateFileStore
    {
        public Task PutAsync(LateFile file, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            late.Notes[file.JobId] = file;
            return Task.CompletedTask;
        });

        public async IAsyncEnumerable<LateFile> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var file in await fuse.PassAsync(() => Task.FromResult(late.Notes.Values.ToArray())))
                yield return file;
        }

        public Task UpdateAsync(LateFile file, CancellationToken cancellationToken) => PutAsync(file, cancellationToken);

        public Task RemoveAsync(LateFile file, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            late.Notes.TryRemove(file.JobId, out _);
            return Task.CompletedTask;
        });
    }
}
