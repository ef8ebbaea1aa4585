using System.Buffers;
using Azure;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Compression;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Maintenance.Archives;
using ExportFunctions.Maintenance.Cleanup;

namespace ExportFunctions.Maintenance.Restores;

/// <summary>Extracts a file from its archive and publishes it again, with its manifest. The archive is left unchanged.</summary>
internal sealed class FileFromArchive(ArchiveStore archives, IExportFileStore files, StoredFiles stored)
{
    private const int CopyBytes = 256 * 1024;

    /// <summary>Publishes the file of an expired job, if the archive contains it as published.</summary>
    public async Task<RestoreOutcome> BringBackAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var place = job.Archive!;
        if (await archives.OpenAsync(place.Blob, cancellationToken) is not { } part)
            return RestoreOutcome.Gone;
        if (part.Access == ArchiveAccess.Offline)
            return await RehydrateAsync(place.Blob, cancellationToken);

        var manifestName = ExportFileNames.ManifestOf(job);
        if (Find(part, place.Entry) is not { } entry || Find(part, Path.GetFileName(manifestName)) is not { } manifestEntry)
            return RestoreOutcome.Damaged;

        await using var reader = new ArchiveReader(archives.Blob(part.Blob), part);
        try
        {
            var json = ExportManifest.WithoutAddresses(await ReadAsync(reader, manifestEntry, cancellationToken));
            if (ExportManifest.TryParse(json) is not { } manifest || !await PublishAsync(job, reader, entry, manifest, cancellationToken))
                return RestoreOutcome.Damaged;

            await stored.WriteManifestAsync(manifestName, json, cancellationToken);
            return RestoreOutcome.Published;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return RestoreOutcome.Damaged;
        }
    }

    /// <summary>Removes the published file of a job that no longer exists.</summary>
    public Task RemoveAsync(ExportJob job, CancellationToken cancellationToken) => files.DeleteAsync(job, cancellationToken);

    private async Task<bool> PublishAsync(
        ExportJob job, ArchiveReader reader, ZipEntry entry, ExportManifest manifest, CancellationToken cancellationToken)
    {
        await using var upload = files.OpenUpload(job, manifest.ContentType);
        using var digest = new FileDigest(job.File!.SliceBytes);
        await using (var content = await reader.OpenAsync(entry, cancellationToken))
            await CopyAsync(content, upload.Output, digest, cancellationToken);

        var finished = await upload.FinishAsync(new FileContent(manifest.Rows, manifest.SchemaHash, manifest.Warnings), cancellationToken);
        var file = finished with { Sha256 = digest.Finish(), SliceBytes = job.File.SliceBytes };
        if (!string.Equals(file.Sha256, job.File.Sha256, StringComparison.Ordinal))
            return false;

        await upload.PublishAgainAsync(file, cancellationToken);
        return true;
    }

    private static async Task CopyAsync(Stream content, Stream output, FileDigest digest, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(0, CopyBytes), cancellationToken)) > 0)
            {
                digest.Append(buffer.AsSpan(0, read));
                await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The archive tier can't be read: rehydration of the archive is requested, which takes hours.</summary>
    private async Task<RestoreOutcome> RehydrateAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await archives.Blob(name).SetAccessTierAsync(
                AccessTier.Hot, rehydratePriority: RehydratePriority.Standard, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // It is being rehydrated already.
        }

        return RestoreOutcome.Rehydrating;
    }

    private static async Task<BinaryData> ReadAsync(ArchiveReader reader, ZipEntry entry, CancellationToken cancellationToken)
    {
        await using var content = await reader.OpenAsync(entry, cancellationToken);
        return await BinaryData.FromStreamAsync(content, cancellationToken);
    }

    private static ZipEntry? Find(ArchivePart part, string name)
    {
        foreach (var entry in part.Directory.Entries)
        {
            if (string.Equals(entry.Name, name, StringComparison.Ordinal))
                return entry;
        }

        return null;
    }
}

/// <summary>The result of restoring a file.</summary>
internal enum RestoreOutcome
{
    /// <summary>It is published.</summary>
    Published,

    /// <summary>Its archive is in the archive tier, and is being rehydrated.</summary>
    Rehydrating,

    /// <summary>The archive no longer exists.</summary>
    Gone,

    /// <summary>The archive doesn't contain it, or not as published.</summary>
    Damaged,
}
