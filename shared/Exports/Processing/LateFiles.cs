using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Removes files that appear after their export was deleted or ended without one. A storage call whose worker died or gave up waiting may
/// take effect after any check of the result: the file, its manifest and everything else stored for the export are checked for again until
/// no such call can still be in flight.
/// </summary>
/// <param name="store">The notes of what may still appear.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="files">Their files.</param>
/// <param name="remnants">Everything else stored for an export.</param>
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
    // Storage itself ends a call within minutes. The last check covers calls delayed on the way.
    private static readonly TimeSpan[] LooksAfter =
        [TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(50)];

    private readonly IReadOnlyList<IExportRemnants> _remnants = [.. remnants];

    /// <summary>Notes that an export's file may still appear. Call it before the export's record is deleted.</summary>
    /// <param name="job">The job.</param>
    public Task ExpectAsync(ExportJob job, CancellationToken cancellationToken) =>
        store.PutAsync(new LateFile(job.Id, job.CreatedAt, job.FileName, time.GetUtcNow(), Looks: 0), cancellationToken);

    /// <summary>
    /// Notes that the file of an export that ended without one may still appear: the worker that ended it may have died before it could
    /// note that.
    /// </summary>
    /// <param name="job">The job, final.</param>
    /// <param name="cancellationToken">Stops the call; the sweep calls again.</param>
    public Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken) =>
        job is { Attempt: > 0, Status: ExportStatus.Failed or ExportStatus.Canceled } ? ExpectAsync(
            job, cancellationToken) : Task.CompletedTask;

    /// <summary>Checks again for every file that is due, and removes those that no export refers to.</summary>
    /// <param name="cancellationToken">Stops the sweep; the next one continues.</param>
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
        // The unreadable job may refer to the file.
        var (job, isReadable) = await UnreadableJobs.FindAsync(jobs, file.JobId, logger, cancellationToken);
        var isShown = !isReadable || job is { Status: ExportStatus.Succeeded };
        if (!isShown && job is null or { Status: ExportStatus.Failed or ExportStatus.Canceled })
            await RemoveAsync(file, cancellationToken);

        // An export requested again under its old id takes care of its file itself, but may be deleted again: keep checking.
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
