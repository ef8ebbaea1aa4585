using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>Makes an export's file and publishes it.</summary>
internal sealed class FilePublishing(ExportFileMaker maker, IExportFileStore files, IOptions<ExportOptions> options, TimeProvider time)
{
    // Even the largest file becomes visible within a minute.
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(2);

    private readonly ExportOptions _options = options.Value;

    /// <summary>The file that an earlier attempt published; null when there is none.</summary>
    /// <param name="job">The job, claimed.</param>
    public async Task<PublishedFile?> FindEarlierAsync(ExportJob job, CancellationToken cancellationToken) =>
        job.Attempt > 1 ? await files.FindAsync(job, cancellationToken) : null;

    /// <summary>Makes the file and publishes it; null when the attempt's time is up and another one continues.</summary>
    /// <param name="job">The job, claimed.</param>
    /// <param name="lease">Its lease.</param>
    public async Task<PublishedFile?> MakeAsync(ExportJob job, JobLease lease)
    {
        if (await maker.MakeAsync(job, lease, lease.Stopping) is not FileMaking.Completed made)
            return null;

        await using (made.Upload)
        {
            var isPublished = false;
            await PublishAsync(lease, async token => isPublished = await made.Upload.TryPublishAsync(made.File, token));
            if (isPublished)
                return made.File;
        }

        // Another attempt of the same job published first: its file is the job's file.
        return await files.FindAsync(job, lease.Stopping)
            ?? throw ExportFailureException.Transient("storage_unavailable", "The file could not be published. It is tried again.");
    }

    /// <summary>Writes the manifest of a published file.</summary>
    /// <param name="job">The job, claimed.</param>
    /// <param name="published">Its file.</param>
    /// <param name="lease">Its lease.</param>
    public Task WriteManifestAsync(ExportJob job, PublishedFile published, JobLease lease) =>
        PublishAsync(lease, token => files.WriteManifestAsync(job, published, token));

    /// <summary>
    /// Makes a call that publishes part of the export. It isn't cancelled with the work: a call already sent takes effect anyway, and only
    /// this worker can record that it did.
    /// </summary>
    private async Task PublishAsync(JobLease lease, Func<CancellationToken, Task> call)
    {
        lease.Stopping.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(PublishTimeout, time);
        await using var stopping = lease.Stopping.Register(() => limit.CancelAfter(_options.LastWriteTimeout));
        try
        {
            await call(limit.Token);
        }
        catch (OperationCanceledException exception) when (!lease.Stopping.IsCancellationRequested)
        {
            throw new ExportFailureException(ExportFailures.StorageUnavailable, exception);
        }
    }
}
