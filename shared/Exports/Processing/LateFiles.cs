using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Removes files that appear after their export was deleted, or ended without one. A call to storage whose worker died, or gave up waiting,
/// may take effect later than any look at the result: the file, its manifest and what else there is of the export are looked for again
/// until no such call can be on its way any more.
/// </summary>
/// <param name="store">What may still appear.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="files">Their files.</param>
/// <param name="remnants">What else there is of an export.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class LateFiles(
    ILateFileStore store,
    IExportJobStore jobs,
    IExportFileStore files,
    IEnumerable<IExportRemnants> remnants,
    TimeProvider time,
    ILogger<LateFiles> logger) : IExportFollowUp
{
    // Storage ends a call of its own accord within minutes. The last look covers what is held up on the way.
    private static readonly TimeSpan[] LooksAfter =
        [TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(50)];

    private readonly IReadOnlyList<IExportRemnants> _remnants = [.. remnants];

    /// <summary>Notes that the file of an export may still appear. To be called before the export's record goes.</summary>
    /// <param name="job">The job.</param>
    public Task ExpectAsync(ExportJob job, CancellationToken cancellationToken) =>
        store.PutAsync(new LateFile(job.Id, job.CreatedAt, job.FileName, time.GetUtcNow(), Looks: 0), cancellationToken);

    /// <summary>
    /// Notes that the file of an export that ended without one may still appear: whoever ended it may have died before it could note that.
    /// </summary>
    /// <param name="job">The job, final.</param>
    /// <param name="cancellationToken">Stops the call; the sweep calls again.</param>
    public Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken) =>
        job is { Attempt: > 0, Status: ExportStatus.Failed or ExportStatus.Canceled } ? ExpectAsync(
            job, cancellationToken) : Task.CompletedTask;

    /// <summary>Looks again for every file whose turn it is, and removes what no export shows.</summary>
    /// <param name="cancellationToken">Stops the sweep; the next one goes on.</param>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var file in store.ListAsync(cancellationToken))
        {
            if (file.Looks >= LooksAfter.Length || time.GetUtcNow() >= file.Since + LooksAfter[file.Looks])
                await LookAsync(file, cancellationToken);
        }
    }

    private async Task LookAsync(LateFile file, CancellationToken cancellationToken)
    {
        // The record of a job that can't be read may show the file.
        var (job, isReadable) = await UnreadableJobs.FindAsync(jobs, file.JobId, logger, cancellationToken);
        var isShown = !isReadable || job is { Status: ExportStatus.Succeeded };
        if (!isShown && job is null or { Status: ExportStatus.Failed or ExportStatus.Canceled })
            await RemoveAsync(file, cancellationToken);

        // An export that is asked for again under its old id settles its file itself, but may be deleted again: the looks go on.
        var looks = Math.Max(file.Looks + 1, LooksAfter.TakeWhile(after => file.Since + after <= time.GetUtcNow()).Count());
        if (isShown || looks >= LooksAfter.Length)
            await store.RemoveAsync(file, cancellationToken);
        else
            await store.UpdateAsync(file with { Looks = looks }, cancellationToken);
    }

    private async Task RemoveAsync(LateFile file, CancellationToken cancellationToken)
    {
        var job = new ExportJob
        {
            Id = file.JobId,
            Status = ExportStatus.Canceled,
            Dataset = "",
            Format = "",
            FileName = file.FileName,
            RequestJson = "",
            CreatedAt = file.CreatedAt,
            EnqueuedAt = file.CreatedAt,
        };
        if (await files.DeleteAsync(job, cancellationToken))
            Log.Removed(logger, file.JobId);
        foreach (var remnant in _remnants)
            await remnant.RemoveAsync(job, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "Export {ExportId}: a file appeared after the export was deleted, or had ended without one; it is removed.")]
        public static partial void Removed(ILogger logger, Guid exportId);
    }
}
