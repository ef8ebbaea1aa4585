using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Exports.Files;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// The files of exports in their container, by the day they were requested: <c>yyyy/MM/dd/{export's id}.{ending}</c>. Blobs with other
/// names are ignored.
/// </summary>
internal sealed class StoredFiles(StorageAccount account)
{
    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.FilesContainer);

    /// <summary>The days that have files, oldest first. The cost depends on the number of days.</summary>
    public async IAsyncEnumerable<DateOnly> DaysAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var year in FoldersAsync("", cancellationToken))
        {
            await foreach (var month in FoldersAsync(year, cancellationToken))
            {
                await foreach (var folder in FoldersAsync(month, cancellationToken))
                {
                    if (ExportFileNames.TryReadFolder(folder, out var day))
                        yield return day;
                }
            }
        }
    }

    /// <summary>The files of a day, in the order of their ids.</summary>
    public async IAsyncEnumerable<StoredFile> OfDayAsync(DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredFile? open = null;
        var options = new GetBlobsOptions { Prefix = ExportFileNames.FolderOf(day) };
        await foreach (var item in _container.GetBlobsAsync(options, cancellationToken))
        {
            var blob = new StoredBlob(item.Name, item.Properties.ContentLength ?? 0, item.Properties.ETag ?? ETag.All);
            if (!ExportFileNames.TryReadId(blob.ShortName, out var id))
                continue;

            if (open is not null && open.JobId != id)
                yield return open;

            open = open?.JobId == id ? open : new StoredFile(id, File: null, Manifest: null);
            open = blob.ShortName.EndsWith(
                ExportFileNames.ManifestExtension, StringComparison.Ordinal) ? open with { Manifest = blob } : open with { File = blob };
        }

        if (open is not null)
            yield return open;
    }

    /// <summary>Uncommitted uploads, in folders of days before a day.</summary>
    public async IAsyncEnumerable<(Guid JobId, string Name)> UncommittedBeforeAsync(
        DateOnly end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = ExportFileNames.FolderOf(end);
        await foreach (var item in _container.GetBlobsAsync(new GetBlobsOptions { States = BlobStates.Uncommitted }, cancellationToken))
        {
            // The listing includes committed blobs as well, and no file of an export is empty.
            var blob = new StoredBlob(item.Name, item.Properties.ContentLength ?? 0, ETag.All);
            if (blob.Bytes == 0 && string.CompareOrdinal(blob.Name, last) < 0 && ExportFileNames.TryReadId(blob.ShortName, out var id))
                yield return (id, blob.Name);
        }
    }

    /// <summary>Opens a file for reading, as it was listed.</summary>
    public Task<Stream> OpenReadAsync(StoredBlob blob, CancellationToken cancellationToken) =>
        Client(blob.Name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { Conditions = As(blob) }, cancellationToken);

    /// <summary>Reads a small file, as it was listed.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(StoredBlob blob, CancellationToken cancellationToken) =>
        (await Client(
            blob.Name).DownloadContentAsync(new BlobDownloadOptions { Conditions = As(blob) }, cancellationToken)).Value.Content.ToMemory();

    /// <summary>Rewrites a manifest.</summary>
    public async Task WriteManifestAsync(string name, BinaryData json, CancellationToken cancellationToken) =>
        await Client(name).UploadAsync(
            json.ToStream(),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } },
            cancellationToken);

    /// <summary>
    /// Removes a file, if it is unchanged since it was listed: one restored in between is kept. No error when it is gone.
    /// </summary>
    public async Task RemoveAsync(StoredBlob blob, CancellationToken cancellationToken)
    {
        try
        {
            await Client(blob.Name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, As(blob), cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // It was replaced in the meantime.
        }
    }

    /// <summary>
    /// Drops the blocks of an uncommitted upload. Committing an empty file discards them, and that file is then removed; an upload
    /// committed in between is kept.
    /// </summary>
    public async Task<bool> DropUncommittedAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var empty = new CommitBlockListOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            BlobContentInfo put = await Client(name).CommitBlockListAsync([], empty, cancellationToken);
            await Client(name).DeleteIfExistsAsync(
                DeleteSnapshotsOption.None, new BlobRequestConditions { IfMatch = put.ETag }, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return false;
        }
    }

    private static BlobRequestConditions As(StoredBlob blob) => new() { IfMatch = blob.ETag };

    private BlockBlobClient Client(string name) => _container.GetBlockBlobClient(name);

    private async IAsyncEnumerable<string> FoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsByHierarchyOptions { Delimiter = "/", Prefix = prefix };
        await foreach (var item in _container.GetBlobsByHierarchyAsync(options, cancellationToken))
        {
            if (item.IsPrefix)
                yield return item.Prefix;
        }
    }
}
