using System.Collections.Concurrent;
using System.Security.Cryptography;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Tests.Exports;

/// <summary>Files in memory, published once.</summary>
internal sealed class MemoryFileStore
{
    private readonly Lock _lock = new();

    public Dictionary<Guid, (PublishedFile File, byte[] Content)> Files { get; } = [];

    public ConcurrentDictionary<Guid, ExportManifest> Manifests { get; } = new();

    public int Publications { get; private set; }

    /// <summary>Runs when a file has become visible, before its worker hears of it.</summary>
    public Func<CancellationToken, Task> Published { get; set; } = _ => Task.CompletedTask;

    public IExportFileStore As(Fuse fuse) => new View(this, fuse);

    private sealed class View(MemoryFileStore store, Fuse fuse) : IExportFileStore
    {
        public IExportUpload OpenUpload(ExportJob job, string contentType) => new Upload(store, fuse, job.Id, contentType);

        public Task<PublishedFile?> FindAsync(ExportJob job, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                return Task.FromResult(store.Files.TryGetValue(job.Id, out var found) ? found.File : null);
        });

        public Task WriteManifestAsync(ExportJob job, PublishedFile file, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            store.Manifests[job.Id] = ExportManifest.Of(job, file, "part");
            return Task.CompletedTask;
        });

        public Task DeleteAsync(ExportJob job, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                store.Files.Remove(job.Id);
            store.Manifests.TryRemove(job.Id, out _);
            return Task.CompletedTask;
        });

        public Task<Uri> CreateLinkAsync(ExportJob job, CancellationToken cancellationToken) => throw new NotSupportedException("Links are tested on the real store.");
    }

    private sealed class Upload(MemoryFileStore store, Fuse fuse, Guid id, string contentType) : IExportUpload
    {
        private readonly MemoryStream _content = new();

        public Stream Output => _content;

        public Task<PublishedFile> FinishAsync(FileContent content, CancellationToken cancellationToken) => fuse.PassAsync(() =>
            Task.FromResult(new PublishedFile(content.Rows, _content.Length, Convert.ToHexStringLower(SHA256.HashData(_content.ToArray())), contentType, content.SchemaHash, content.Warnings)));

        public Task<bool> TryPublishAsync(PublishedFile file, CancellationToken cancellationToken) => fuse.PassAsync(async () =>
        {
            lock (store._lock)
            {
                if (!store.Files.TryAdd(id, (file, _content.ToArray())))
                    return false;

                store.Publications++;
            }

            await store.Published(cancellationToken);
            return true;
        });

        public Task PublishAgainAsync(PublishedFile file, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                store.Files[id] = (file, _content.ToArray());

            return Task.CompletedTask;
        });

        public ValueTask DisposeAsync()
        {
            _content.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
