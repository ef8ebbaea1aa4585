using System.Buffers;
using ExportFunctions.Compression;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Maintenance.Cleanup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>
/// Writes files as entries of an archive. Small ones are read ahead, several at a time; large ones are streamed. Compressed files are
/// stored without further compression.
/// </summary>
internal sealed partial class ArchiveEntries(StoredFiles files, IOptions<MaintenanceOptions> options, ILogger<ArchiveEntries> logger)
{
    /// <summary>zlib's level: it shrinks the text of an export to a fifth, and archives are written once.</summary>
    public const int Level = 6;

    private const int SmallBytes = 1024 * 1024;
    private const int CopyBytes = 256 * 1024;

    /// <summary>Writes the entries.</summary>
    /// <returns>The exports whose file is not the published one, by its SHA-256: it gets no entry.</returns>
    public async Task<HashSet<Guid>> WriteAsync(
        ZipWriter zip, Stream output, IReadOnlyList<ExpiredFile> expired, IReadOnlySet<string> packed, CancellationToken cancellationToken)
    {
        var damaged = new HashSet<Guid>();
        var work = expired.SelectMany(
            file => file.Stored.Blobs.Where(blob => !packed.Contains(blob.ShortName)).Select(blob => (File: file, Blob: blob)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<(ExpiredFile File, StoredBlob Blob, Task<ReadOnlyMemory<byte>>? Content)>();
        try
        {
            foreach (var (file, blob) in work)
            {
                ahead.Enqueue((file, blob, IsWhole(file, blob) ? ReadAsync(file, blob, stop.Token) : null));
                if (ahead.Count >= options.Value.AtATime)
                    await WriteNextAsync();
            }

            while (ahead.Count > 0)
                await WriteNextAsync();
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var content in ahead.Select(item => item.Content).OfType<Task>())
                await content.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return damaged;

        async Task WriteNextAsync()
        {
            var (file, blob, content) = ahead.Peek();
            zip.Time = ZipEntry.TimeOf(file.Job!.FinishedAt ?? file.Job.CreatedAt);

            // The manifest of a damaged file is left in place with it.
            var isWhole = !damaged.Contains(file.Job.Id) && (content is null
                ? await StreamAsync(zip, output, file, blob, stop.Token)
                : await WriteAsync(zip, file, blob, await content, stop.Token));
            _ = ahead.Dequeue();
            if (!isWhole && damaged.Add(file.Job.Id))
                Log.Damaged(logger, file.Job.Id, blob.Name);
        }
    }

    /// <summary>Whether it is read into memory: small files, and manifests, which are not packed unchanged.</summary>
    private static bool IsWhole(ExpiredFile file, StoredBlob blob) => blob.Bytes <= SmallBytes || blob == file.Stored.Manifest;

    private async Task<ReadOnlyMemory<byte>> ReadAsync(ExpiredFile file, StoredBlob blob, CancellationToken cancellationToken)
    {
        var content = await files.ReadAsync(blob, cancellationToken);
        return blob == file.Stored.Manifest ? ExportManifest.WithoutAddresses(new BinaryData(content)).ToMemory() : content;
    }

    private static async Task<bool> WriteAsync(
        ZipWriter zip, ExpiredFile file, StoredBlob blob, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (blob == file.Stored.File && !IsPublished(file.Job!, DigestOf(file.Job!, content.Span)))
            return false;

        if (IsStored(blob))
            await zip.WriteStoredEntryAsync(blob.ShortName, content, cancellationToken);
        else
            await zip.WriteEntryAsync(blob.ShortName, content, cancellationToken);
        return true;
    }

    private async Task<bool> StreamAsync(
        ZipWriter zip, Stream output, ExpiredFile file, StoredBlob blob, CancellationToken cancellationToken)
    {
        await using var source = await files.OpenReadAsync(blob, cancellationToken);
        using var digest = new FileDigest(file.Job!.File?.SliceBytes);
        var isStored = IsStored(blob);
        var maybeHuge = blob.Bytes + (blob.Bytes / 1000) >= uint.MaxValue;
        var deflater = isStored ? null : await zip.BeginEntryAsync(blob.ShortName, maybeHuge, cancellationToken);
        if (isStored)
            await zip.BeginStoredEntryAsync(blob.ShortName, maybeHuge, cancellationToken);

        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer.AsMemory(0, CopyBytes), cancellationToken)) > 0)
            {
                digest.Append(buffer.AsSpan(0, read));
                if (deflater is null)
                {
                    await zip.WriteStoredAsync(buffer.AsMemory(0, read), cancellationToken);
                    continue;
                }

                deflater.Write(buffer.AsSpan(0, read));
                if (deflater.HasFullChunk)
                    await deflater.FlushFullChunksAsync(output, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (blob == file.Stored.File && !IsPublished(file.Job!, digest.Finish()))
        {
            await zip.DropEntryAsync(cancellationToken);
            return false;
        }

        await zip.EndEntryAsync(cancellationToken);
        return true;
    }

    private static bool IsPublished(ExportJob job, string digest) => string.Equals(job.File?.Sha256, digest, StringComparison.Ordinal);

    private static string DigestOf(ExportJob job, ReadOnlySpan<byte> content)
    {
        using var digest = new FileDigest(job.File?.SliceBytes);
        digest.Append(content);
        return digest.Finish();
    }

    /// <summary>Workbooks, PDF files and gzip are compressed already.</summary>
    private static bool IsStored(StoredBlob blob) => Path.GetExtension(blob.Name) is not (".csv" or ".jsonl" or ".json");

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Error, "Export {ExportId}: the file {Name} is not the one that was published. It is neither archived nor removed.")]
        public static partial void Damaged(ILogger logger, Guid exportId, string name);
    }
}
