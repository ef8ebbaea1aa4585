using Azure;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Compression;
using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>
/// Packs files into the archive of their day. The result becomes visible in one commit, conditional on the archive's ETag as read: of two
/// concurrent writers, the second commits nothing.
/// </summary>
internal sealed class ArchivePacking(ArchiveStore archives, ArchiveEntries entries, IOptions<StorageOptions> storage, TimeProvider time)
{
    // A directory entry has 46 bytes, its name (up to 60) and the ZIP64 fields.
    private const int DirectoryBytesAnEntry = 160;

    /// <summary>Packs the files that are not in the archive yet.</summary>
    /// <param name="day">The day the files were requested.</param>
    /// <param name="files">The files.</param>
    /// <param name="cancellationToken">Stops the packing; nothing is visible in that case.</param>
    /// <returns>
    /// The day's archives afterwards, and the files whose bytes are not those that were published: they stay where they are.
    /// </returns>
    /// <exception cref="RequestFailedException">
    /// The archive was changed concurrently, or storage failed; the call can be repeated.
    /// </exception>
    public async Task<(IReadOnlyList<ArchivePart> Parts, IReadOnlySet<Guid> Damaged)> PackAsync(
        DateOnly day, IReadOnlyList<ExpiredFile> files, CancellationToken cancellationToken)
    {
        var parts = await archives.OpenDayAsync(day, cancellationToken);
        var packed = parts.SelectMany(part => part.Directory.Entries).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var offline = parts.Where(part => part.Access == ArchiveAccess.Offline).Select(part => part.Blob).ToHashSet(StringComparer.Ordinal);
        var missing = files.Where(file => !IsPacked(file, packed, offline)).ToList();
        if (missing.Count == 0)
            return (parts, new HashSet<Guid>());

        var options = BlocksFor(missing);
        var target = TargetFor(day, parts, missing, options.BlockBytes);
        var damaged = await WriteAsync(target, missing, options, packed, cancellationToken);
        return (await archives.OpenDayAsync(day, cancellationToken), damaged);
    }

    private static bool IsPacked(ExpiredFile file, HashSet<string> packed, HashSet<string> offline) =>
        file.Job?.Archive is { } archive && offline.Contains(archive.Blob)
        || file.Stored.Blobs.All(blob => packed.Contains(blob.ShortName));

    /// <summary>Blocks twice the size of those of files: an archive has room for the largest file and its overhead.</summary>
    private StorageOptions BlocksFor(IEnumerable<ExpiredFile> files)
    {
        const int max = 256 * 1024 * 1024;
        var largest = files.Max(file => file.Stored.Bytes);
        var bytes = storage.Value.BlockBytes;
        while (bytes < max && largest / bytes > BlockUploadStream.MaxBlocks / 2)
            bytes = Math.Min(bytes * 2, max);
        return new StorageOptions { BlockBytes = bytes, BlocksInFlight = storage.Value.BlocksInFlight };
    }

    private static ArchivePart TargetFor(DateOnly day, IReadOnlyList<ArchivePart> parts, List<ExpiredFile> files, int blockBytes)
    {
        if (parts is [.., { Access: ArchiveAccess.Extendable } last])
        {
            // Deflate may add a few bytes to incompressible data; each entry also has a name and two headers.
            var content = files.Sum(file => file.Stored.Blobs.Sum(blob => blob.Bytes + (blob.Bytes / 1000) + 512));
            var directory = (last.Directory.Entries.Count + (2L * files.Count)) * DirectoryBytesAnEntry;
            if (last.Blocks.Count + (content / blockBytes) + (directory / blockBytes) + 4 <= BlockUploadStream.MaxBlocks)
                return last;
        }

        return ArchivePart.New(ArchiveNames.Of(day, parts.Count + 1));
    }

    private async Task<HashSet<Guid>> WriteAsync(
        ArchivePart target, List<ExpiredFile> files, StorageOptions options, HashSet<string> packed, CancellationToken cancellationToken)
    {
        // The blocks of two hosts must not share names: each would take the other's for its own.
        var prefix = $"{Guid.CreateVersion7(time.GetUtcNow()):N}-";
        await using var blocks = new BlockUploadStream(archives.Blob(target.Blob), prefix, options, target.Blocks);
        await using var zip = new ZipWriter(blocks, time.GetUtcNow(), ArchiveEntries.Level, threads: 1);
        zip.Resume(target.Directory);

        var damaged = await entries.WriteAsync(zip, blocks, files, packed, cancellationToken);
        if (zip.Entries.Count == target.Directory.Entries.Count)
            return damaged;

        await blocks.EndBlockAsync(cancellationToken);
        await zip.CompleteAsync(cancellationToken);
        await blocks.FinishAsync(cancellationToken);
        var commit = new CommitBlockListOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/zip" },
            Conditions = target.ETag is { } etag
                ? new BlobRequestConditions { IfMatch = etag }
                : new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        await blocks.CommitAsync(commit, cancellationToken);
        return damaged;
    }
}
