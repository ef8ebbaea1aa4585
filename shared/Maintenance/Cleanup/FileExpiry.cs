using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Maintenance.Deletions;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// Expires a job, then removes its file. In this order a job never shows a file that is gone, and the next run removes what a crash leaves
/// behind.
/// </summary>
internal sealed class FileExpiry(
    IExportJobStore jobs, StoredFiles files, ArchiveDeletions deletions, TimeProvider time, ILogger<FileExpiry> logger)
{
    /// <summary>Expires a file.</summary>
    /// <param name="file">The file; packed and verified, if it is to be archived.</param>
    /// <param name="archive">Its archive; null when it is not archived.</param>
    /// <param name="cancellationToken">Stops the work; it can be repeated.</param>
    /// <returns>False when the job needs to keep the file after all.</returns>
    public async Task<bool> EndAsync(ExpiredFile file, ArchivedFile? archive, CancellationToken cancellationToken)
    {
        if (file.Fate != FileFate.RemoveLeftover && !await ExpireAsync(file.Job!, archive, cancellationToken))
            return false;

        foreach (var blob in file.Stored.Blobs)
            await files.RemoveAsync(blob, cancellationToken);
        return true;
    }

    /// <summary>True when the job is now expired, or gone: deleting a job removes its file as well.</summary>
    private async Task<bool> ExpireAsync(ExportJob job, ArchivedFile? archive, CancellationToken cancellationToken)
    {
        var (current, isReadable) = ((ExportJob?)job, true);
        for (; current is not null; (current, isReadable) = await UnreadableJobs.FindAsync(jobs, job.Id, logger, cancellationToken))
        {
            if (current.Status == ExportStatus.Expired && current.Archive is not null == archive is not null)
                return true;

            // Restored in the meantime.
            if (current is not { Status: ExportStatus.Succeeded or ExportStatus.Expired, File: { } kept }
                || (current.Status == ExportStatus.Succeeded && kept.ExpiresAt > time.GetUtcNow()))
                return false;

            var next = current.TryMoveTo(ExportStatus.Expired, time.GetUtcNow(), out var moved) ? moved : current;
            if (await jobs.TryUpdateAsync(next with { Archive = archive }, cancellationToken) is not null)
                return true;
        }

        // Deleted while it was packed: it must be removed from the archive as well.
        if (isReadable && archive is not null)
            await deletions.AddAsync(ArchivedRemnants.Of(job), cancellationToken);
        return isReadable;
    }
}
