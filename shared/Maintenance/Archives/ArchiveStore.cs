using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Compression;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>The archives in their container.</summary>
internal sealed class ArchiveStore(StorageAccount account)
{
    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.ArchiveContainer);

    /// <summary>The client of an archive's blob.</summary>
    public BlockBlobClient Blob(string name) => _container.GetBlockBlobClient(name);

    /// <summary>All existing parts of a day's archive, in order.</summary>
    public async Task<IReadOnlyList<ArchivePart>> OpenDayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var parts = new List<ArchivePart>();
        while (await OpenAsync(ArchiveNames.Of(day, parts.Count + 1), cancellationToken) is { } part)
            parts.Add(part);

        return parts;
    }

    /// <summary>The current state of an archive; null when there is none.</summary>
    public async Task<ArchivePart?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var blob = Blob(name);
        BlobProperties properties;
        try
        {
            properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }

        if (string.Equals(properties.AccessTier, AccessTier.Archive.ToString(), StringComparison.OrdinalIgnoreCase))
            return new ArchivePart(name, properties.ETag, ArchiveAccess.Offline, new ZipDirectory(0, []), []);

        if (await ReadDirectoryAsync(blob, properties, cancellationToken) is not { } directory)
            return new ArchivePart(name, properties.ETag, ArchiveAccess.ReadOnly, new ZipDirectory(0, []), []);

        var blocks = await ContentBlocksAsync(blob, directory.Offset, cancellationToken);
        return new ArchivePart(
            name, properties.ETag, blocks is null ? ArchiveAccess.ReadOnly : ArchiveAccess.Extendable, directory, blocks ?? []);
    }

    /// <summary>
    /// The archive's entries; null when the blob is not one of this app, or is damaged: then it is treated as empty, and nothing is added
    /// to it.
    /// </summary>
    private static async Task<ZipDirectory?> ReadDirectoryAsync(
        BlockBlobClient blob, BlobProperties properties, CancellationToken cancellationToken)
    {
        try
        {
            var endBytes = Math.Min(properties.ContentLength, ZipDirectory.EndBytes);
            var (offset, bytes) = ZipDirectory.Locate(
                await ReadAsync(blob, properties.ETag, properties.ContentLength - endBytes, endBytes, cancellationToken));
            if (offset < 0 || bytes < 0 || offset + bytes > properties.ContentLength)
                return null;

            return ZipDirectory.Read(await ReadAsync(blob, properties.ETag, offset, bytes, cancellationToken), offset);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<byte[]> ReadAsync(
        BlockBlobClient blob, ETag etag, long offset, long bytes, CancellationToken cancellationToken)
    {
        if (bytes == 0)
            return [];

        var options =
            new BlobDownloadOptions { Range = new HttpRange(offset, bytes), Conditions = new BlobRequestConditions { IfMatch = etag } };
        return (await blob.DownloadContentAsync(options, cancellationToken)).Value.Content.ToArray();
    }

    /// <summary>The blocks before the directory; null when no block ends where it begins.</summary>
    private static async Task<IReadOnlyList<string>?> ContentBlocksAsync(
        BlockBlobClient blob, long contentBytes, CancellationToken cancellationToken)
    {
        BlockList list = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken);
        var blocks = new List<string>();
        long bytes = 0;
        foreach (var block in list.CommittedBlocks)
        {
            if (bytes >= contentBytes)
                break;

            blocks.Add(block.Name);
            bytes += block.SizeLong;
        }

        // The list may be of a newer version than the directory: a commit is conditional on the ETag, and fails then.
        return bytes == contentBytes ? blocks : null;
    }
}
