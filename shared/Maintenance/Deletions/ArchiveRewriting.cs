using Azure;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Compression;
using ExportFunctions.Exports.Files;
using ExportFunctions.Maintenance.Archives;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Deletions;

/// <summary>
/// Rewrites the archives of a day without the files of deleted exports. Remaining entries are copied byte for byte from the old blob to the
/// new one, which replaces it in one commit, conditional on the archive's ETag as read. Addresses that earlier versions wrote into
/// manifests are removed.
/// </summary>
internal sealed partial class ArchiveRewriting(
    ArchiveStore archives, IOptions<StorageOptions> storage, TimeProvider time, ILogger<ArchiveRewriting> logger)
{
    private const int MaxBlockBytes = 256 * 1024 * 1024;

    /// <summary>Removes the files of deleted exports from the archives of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="deleted">The exports.</param>
    /// <param name="cancellationToken">Stops the work; it can be repeated.</param>
    /// <returns>The exports whose file was there, and whether none of the day's archives can contain one any more.</returns>
    /// <exception cref="InvalidDataException">An archive can't be read, or does not match what was written.</exception>
    /// <exception cref="RequestFailedException">
    /// An archive was changed concurrently, or storage failed; the call can be repeated.
    /// </exception>
    public async Task<(IReadOnlySet<Guid> Removed, bool IsDone)> RunAsync(
        DateOnly day, IReadOnlySet<Guid> deleted, CancellationToken cancellationToken)
    {
        var removed = new HashSet<Guid>();
        var isDone = true;
        var parts = await archives.OpenDayAsync(day, cancellationToken);
        foreach (var part in parts)
        {
            if (part.Access == ArchiveAccess.Offline)
            {
                await FetchAsync(part, cancellationToken);
                isDone = false;
                continue;
            }

            var found = IdsIn(part).Where(deleted.Contains).ToHashSet();
            if (found.Count > 0)
                await RewriteAsync(part, found, isOnly: parts.Count == 1, cancellationToken);
            removed.UnionWith(found);
        }

        // Only after the others: an unreadable archive must not block removals from readable ones.
        return parts.FirstOrDefault(IsUnreadable) is { } unreadable
            ? throw new InvalidDataException(
                $"The archive {unreadable.Blob} can't be read, so that deleted exports can't be removed from it.")
            : (removed, isDone);
    }

    /// <summary>The entries of deleted exports in the archives of a day, by export: the file's, or only the manifest's.</summary>
    /// <returns>The entries, and whether all the day's archives could be read.</returns>
    public async Task<(IReadOnlyDictionary<Guid, ZipEntry> Found, bool IsWhole)> FindAsync(
        DateOnly day, IReadOnlySet<Guid> deleted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, ZipEntry>();
        var parts = await archives.OpenDayAsync(day, cancellationToken);
        foreach (var entry in parts.SelectMany(part => part.Directory.Entries))
        {
            if (ExportFileNames.TryReadId(entry.Name, out var id) && deleted.Contains(id) && !(found.ContainsKey(id) && IsManifest(entry)))
                found[id] = entry;
        }

        return (found, parts.All(part => part.Access != ArchiveAccess.Offline && !IsUnreadable(part)));
    }

    private static bool IsManifest(ZipEntry entry) => entry.Name.EndsWith(ExportFileNames.ManifestExtension, StringComparison.Ordinal);

    private static bool IsUnreadable(ArchivePart part) => part is { Access: ArchiveAccess.ReadOnly, Directory.Entries.Count: 0 };

    private static IEnumerable<Guid> IdsIn(ArchivePart part)
    {
        foreach (var entry in part.Directory.Entries)
        {
            if (ExportFileNames.TryReadId(entry.Name, out var id))
                yield return id;
        }
    }

    private async Task RewriteAsync(ArchivePart part, HashSet<Guid> deleted, bool isOnly, CancellationToken cancellationToken)
    {
        var kept = part.Directory.Entries.Where(entry => !(ExportFileNames.TryReadId(entry.Name, out var id) && deleted.Contains(id)))
            .OrderBy(entry => entry.Offset).ToList();
        if (kept.Count == 0 && isOnly)
            await archives.Blob(part.Blob).DeleteIfExistsAsync(
                DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = part.ETag }, cancellationToken);
        else
            await WriteAsync(part, kept, cancellationToken);
        Log.Rewritten(logger, part.Blob, deleted.Count, kept.Count);
    }

    /// <summary>An empty archive is kept if another follows it: the next one is found through it.</summary>
    private async Task WriteAsync(ArchivePart part, List<ZipEntry> kept, CancellationToken cancellationToken)
    {
        var blob = archives.Blob(part.Blob);
        await using var reader = new ArchiveReader(blob, part);
        await using var blocks = new BlockUploadStream(blob, $"{Guid.CreateVersion7(time.GetUtcNow()):N}-", BlocksFor(kept));
        await using var zip = new ZipWriter(blocks, time.GetUtcNow(), ArchiveEntries.Level, threads: 1);
        foreach (var entry in kept)
        {
            if (IsManifest(entry) && await ReadAsync(reader, entry, cancellationToken) is { } manifest)
            {
                zip.Time = entry.Time;
                await zip.WriteEntryAsync(entry.Name, ExportManifest.WithoutAddresses(manifest).ToMemory(), cancellationToken);
                continue;
            }

            await using var content = await reader.OpenAsItIsAsync(entry, cancellationToken);
            await zip.CopyEntryAsync(entry, content, cancellationToken);
        }

        // The directory is in blocks of its own, so that more files of the day can be added before it.
        await blocks.EndBlockAsync(cancellationToken);
        await zip.CompleteAsync(cancellationToken);
        await blocks.FinishAsync(cancellationToken);
        var commit = new CommitBlockListOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/zip" },
            Conditions = new BlobRequestConditions { IfMatch = part.ETag },
        };
        await blocks.CommitAsync(commit, cancellationToken);
        if (await archives.OpenAsync(part.Blob, cancellationToken) is not { } written || written.Directory.Entries.Count != kept.Count)
            throw new InvalidDataException($"The archive {part.Blob} is not what was written.");
    }

    /// <summary>An entry's content; null when it is damaged: then it is left unchanged.</summary>
    private static async Task<BinaryData?> ReadAsync(ArchiveReader reader, ZipEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await reader.OpenAsync(entry, cancellationToken);
            return await BinaryData.FromStreamAsync(content, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private StorageOptions BlocksFor(IEnumerable<ZipEntry> entries)
    {
        var total = entries.Sum(entry => entry.CompressedBytes + 512);
        var bytes = storage.Value.BlockBytes;
        while (bytes < MaxBlockBytes && total / bytes > BlockUploadStream.MaxBlocks / 2)
            bytes = Math.Min(bytes * 2, MaxBlockBytes);
        return new StorageOptions { BlockBytes = bytes, BlocksInFlight = storage.Value.BlocksInFlight };
    }

    /// <summary>The archive tier can't be read: rehydration of the archive is requested, and a later cleanup rewrites it.</summary>
    private async Task FetchAsync(ArchivePart part, CancellationToken cancellationToken)
    {
        try
        {
            await archives.Blob(part.Blob).SetAccessTierAsync(
                AccessTier.Hot, rehydratePriority: RehydratePriority.Standard, cancellationToken: cancellationToken);
            Log.Fetched(logger, part.Blob);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // It is being rehydrated already.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information,
            "The archive {Archive} is without the files of {Deleted} deleted exports; it has {Kept} entries.")]
        public static partial void Rewritten(ILogger logger, string archive, int deleted, int kept);

        [LoggerMessage(2, LogLevel.Information,
            "The archive {Archive} is being fetched from the archive tier, to remove deleted exports from it.")]
        public static partial void Fetched(ILogger logger, string archive);
    }
}
