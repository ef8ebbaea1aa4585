using System.Collections.Concurrent;
using System.Security.Cryptography;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports;

/// <summary>Files in memory, published once.</summary>
internal sealed class MemoryFileStore
{
    private readonly Lock _lock = new();
    private readonly List<Action> _cutOff = [];

    public Dictionary<Guid, (PublishedFile File, byte[] Content)> Files { get; } = [];

    public ConcurrentDictionary<Guid, ExportManifest> Manifests { get; } = new();

    public int Publications { get; private set; }

    /// <summary>Runs before a file becomes visible; when it throws, the file does so by <see cref="TakeEffect"/>.</summary>
    public Func<CancellationToken, Task> Publishing { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs when a file has become visible, before its worker hears of it.</summary>
    public Func<CancellationToken, Task> Published { get; set; } = _ => Task.CompletedTask;

    public IExportFileStore As(Fuse fuse) => new View(this, fuse);

    public ISliceFiles SlicesAs(Fuse fuse) => new SliceView(this, fuse);

    /// <summary>Staged blocks of slices that no file was made of.</summary>
    public ConcurrentDictionary<(Guid Job, int Slice, int Claim), byte[]> Staged { get; } = new();

    /// <summary>Lets the calls take effect that were cut off.</summary>
    public void TakeEffect() => _cutOff.ForEach(effect => effect());

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

        public Task<bool> DeleteAsync(ExportJob job, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            lock (store._lock)
                return Task.FromResult(store.Files.Remove(job.Id) | store.Manifests.TryRemove(job.Id, out _));
        });

        public Task DeleteAllAsync(Guid id, DateOnly day, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Tested on the real store.");

        public Task<Uri> CreateLinkAsync(ExportJob job, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Links are tested on the real store.");
    }

    private sealed class SliceView(MemoryFileStore store, Fuse fuse) : ISliceFiles
    {
        public ISliceUpload OpenSlice(ExportJob job, BlockGroup blocks) =>
            new SliceUpload(store, fuse, (job.Id, blocks.Number, blocks.Claim % 2));

        public IExportUpload Join(ExportJob job, string contentType, IReadOnlyList<SliceContent> slices)
        {
            var upload = new Upload(store, fuse, job.Id, contentType);
            foreach (var slice in slices)
            {
                if (store.Staged.TryGetValue((job.Id, slice.Number, slice.Claim % 2), out var block))
                    upload.Output.Write(block);
                else
                    upload.IsBroken = true;
            }

            return upload;
        }

        public Task DiscardAsync(ExportJob job, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            foreach (var key in store.Staged.Keys.Where(key => key.Job == job.Id))
                store.Staged.TryRemove(key, out _);
            return Task.CompletedTask;
        });
    }

    private sealed class SliceUpload(MemoryFileStore store, Fuse fuse, (Guid Job, int Slice, int Claim) key) : ISliceUpload
    {
        private readonly MemoryStream _content = new();

        public Stream Output => _content;

        public Task<(int Blocks, long Bytes, string Sha256)> FinishAsync(CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            store.Staged[key] = _content.ToArray();
            return Task.FromResult((1, _content.Length, Convert.ToHexStringLower(SHA256.HashData(_content.ToArray()))));
        });

        public ValueTask DisposeAsync() => _content.DisposeAsync();
    }

    private sealed class Upload(MemoryFileStore store, Fuse fuse, Guid id, string contentType) : IExportUpload
    {
        private readonly MemoryStream _content = new();

        public Stream Output => _content;

        /// <summary>Whether blocks of it are gone.</summary>
        public bool IsBroken { get; set; }

        public Task<PublishedFile> FinishAsync(FileContent content, CancellationToken cancellationToken) => fuse.PassAsync(() =>
            Task.FromResult(new PublishedFile(
                content.Rows,
                _content.Length,
                Convert.ToHexStringLower(SHA256.HashData(_content.ToArray())),
                contentType,
                content.SchemaHash,
                content.Warnings)));

        public Task<bool> TryPublishAsync(PublishedFile file, CancellationToken cancellationToken) => fuse.PassAsync(async () =>
        {
            if (IsBroken)
                throw new ExportFailureException(FileFailures.BlocksLost);

            try
            {
                await store.Publishing(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                var content = _content.ToArray();
                store._cutOff.Add(() => store.Files.TryAdd(id, (file, content)));
                throw;
            }

            lock (store._lock)
            {
                if (!store.Files.TryAdd(id, (file, _content.ToArray())))
                    return false;

                store.Publications++;
            }

            foreach (var key in store.Staged.Keys.Where(key => key.Job == id))
                store.Staged.TryRemove(key, out _);

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
