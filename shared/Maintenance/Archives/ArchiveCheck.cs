using System.Buffers;
using System.IO.Hashing;
using ExportFunctions.Compression;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Maintenance.Cleanup;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>
/// Reads entries back from their archive in full before the originals are removed: the CRC-32 must match the directory's, and the SHA-256
/// the published file's.
/// </summary>
internal sealed partial class ArchiveCheck(ArchiveStore archives, TimeProvider time, ILogger<ArchiveCheck> logger)
{
    private const int ReadBytes = 256 * 1024;

    /// <summary>Finds the files whose entries are intact.</summary>
    /// <param name="parts">The day's archives.</param>
    /// <param name="files">The files.</param>
    /// <returns>The archive of each file that may be removed; files whose entry is missing or wrong are omitted.</returns>
    public async Task<IReadOnlyDictionary<Guid, ArchivedFile>> ReadBackAsync(
        IReadOnlyList<ArchivePart> parts, IEnumerable<ExpiredFile> files, CancellationToken cancellationToken)
    {
        var whole = new Dictionary<Guid, ArchivedFile>();
        var left = files.ToList();
        foreach (var part in parts)
        {
            if (part.Access == ArchiveAccess.Offline)
                TakeOffline(part, left, whole);
            else
                await ReadBackAsync(part, left, whole, cancellationToken);
            left.RemoveAll(file => whole.ContainsKey(file.Stored.JobId));
        }

        return whole;
    }

    /// <summary>An entry that can't be read now was verified before its job recorded the archive.</summary>
    private static void TakeOffline(ArchivePart part, List<ExpiredFile> files, Dictionary<Guid, ArchivedFile> whole)
    {
        foreach (var file in files)
        {
            if (file.Job?.Archive is { } archive && string.Equals(archive.Blob, part.Blob, StringComparison.Ordinal))
                whole[file.Stored.JobId] = archive;
        }
    }

    private async Task ReadBackAsync(
        ArchivePart part, List<ExpiredFile> files, Dictionary<Guid, ArchivedFile> whole, CancellationToken cancellationToken)
    {
        var entries = part.Directory.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        await using var reader = new ArchiveReader(archives.Blob(part.Blob), part);
        var here = files
            .Select(file => (File: file, Entries: file.Stored.Blobs.Select(
                blob => entries.TryGetValue(blob.ShortName, out var entry) ? entry : (ZipEntry?)null).ToList()))
            .Where(item => item.Entries.TrueForAll(entry => entry is not null))
            .OrderBy(item => item.Entries.Min(entry => entry!.Value.Offset));
        foreach (var (file, found) in here)
        {
            if (await AreWholeAsync(reader, part, file, found, cancellationToken))
                whole[file.Stored.JobId] = PlaceOf(file, part);
        }
    }

    /// <summary>A restored file belongs to the archive that first stored it, unless that archive no longer contains it.</summary>
    private ArchivedFile PlaceOf(ExpiredFile file, ArchivePart part) =>
        file.Job!.Archive is { } archive && string.Equals(archive.Blob, part.Blob, StringComparison.Ordinal)
            ? archive
            : new ArchivedFile(part.Blob, (file.Stored.File ?? file.Stored.Manifest)!.ShortName, time.GetUtcNow());

    private async Task<bool> AreWholeAsync(
        ArchiveReader reader, ArchivePart part, ExpiredFile file, IEnumerable<ZipEntry?> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries.Select(entry => entry!.Value).OrderBy(entry => entry.Offset))
        {
            var isFile = string.Equals(entry.Name, file.Stored.File?.ShortName, StringComparison.Ordinal);
            var (crc32, sha256) = await ReadAsync(reader, entry, isFile ? file.Job!.File?.SliceBytes : null, cancellationToken);
            if (crc32 == entry.Crc32 && (!isFile || string.Equals(sha256, file.Job!.File?.Sha256, StringComparison.Ordinal)))
                continue;

            Log.Wrong(logger, file.Stored.JobId, entry.Name, part.Blob);
            return false;
        }

        return true;
    }

    private static async Task<(uint Crc32, string Sha256)> ReadAsync(
        ArchiveReader reader, ZipEntry entry, IReadOnlyList<long>? sliceBytes, CancellationToken cancellationToken)
    {
        var crc32 = new Crc32();
        using var digest = new FileDigest(sliceBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            await using var content = await reader.OpenAsync(entry, cancellationToken);
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                crc32.Append(buffer.AsSpan(0, read));
                digest.Append(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            // Not what was packed: the complement never matches the CRC.
            return (~entry.Crc32, "");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (crc32.GetCurrentHashAsUInt32(), digest.Finish());
    }

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Error, "Export {ExportId}: its entry {Entry} in the archive {Archive} is not what was packed. The original stays.")]
        public static partial void Wrong(ILogger logger, Guid exportId, string entry, string archive);
    }
}
