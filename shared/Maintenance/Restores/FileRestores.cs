using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Maintenance.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Restores;

/// <summary>
/// Restores archived files: the request is written to the job, then a message does the work. A restored file is like any other, and expires
/// again.
/// </summary>
public sealed partial class FileRestores
{
    private readonly IExportJobStore _jobs;
    private readonly MaintenanceQueue _queue;
    private readonly FileFromArchive _files;
    private readonly MaintenanceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FileRestores> _logger;

    internal FileRestores(
        IExportJobStore jobs,
        MaintenanceQueue queue,
        FileFromArchive files,
        IOptions<MaintenanceOptions> options,
        TimeProvider time,
        ILogger<FileRestores> logger)
    {
        _jobs = jobs;
        _queue = queue;
        _files = files;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Requests a file. A repeated request replaces the number of days; for a file that is restored already, they count from now, and its
    /// expiry is extended if that is later.
    /// </summary>
    /// <param name="id">The export's id.</param>
    /// <param name="days">For how many days; null for the default.</param>
    /// <param name="cancellationToken">Cancels the call; the file may be restored anyway.</param>
    /// <returns>The resulting job; null when there is none. A job without an archive has no file to restore.</returns>
    public async Task<ExportJob?> AskAsync(Guid id, int? days, CancellationToken cancellationToken)
    {
        while (await _jobs.FindAsync(id, cancellationToken) is { } job)
        {
            if (job is { Status: ExportStatus.Succeeded, Archive: not null, File: { } kept })
            {
                if (await KeepAsync(job, kept, days, cancellationToken) is { } longer)
                    return longer;
                continue;
            }

            if (job is not { Status: ExportStatus.Expired, Archive: not null })
                return job;

            var wish = new RestoreRequest(_time.GetUtcNow(), days ?? _options.RestoreDays);
            if (await _jobs.TryUpdateAsync(job with { Restore = wish }, cancellationToken) is not { } stored)
                continue;

            await _queue.SendAsync(new MaintenanceMessage(MaintenanceWork.Restore, id), CancellationToken.None);
            return stored;
        }

        return null;
    }

    /// <summary>Extends the expiry of a restored file; null when another change of its job came first.</summary>
    private async Task<ExportJob?> KeepAsync(ExportJob job, ExportFile kept, int? days, CancellationToken cancellationToken)
    {
        var until = _time.GetUtcNow().AddDays(days ?? _options.RestoreDays);
        if (until <= kept.ExpiresAt)
            return job;

        var longer = await _jobs.TryUpdateAsync(job with { File = kept with { ExpiresAt = until } }, cancellationToken);
        if (longer is not null)
            Log.Kept(_logger, job.Id, until);
        return longer;
    }

    /// <summary>Restores a file, if its job still requests it.</summary>
    /// <param name="id">The export's id.</param>
    /// <param name="cancellationToken">The host's shutdown.</param>
    /// <exception cref="Azure.RequestFailedException">Storage failed; the message is retried.</exception>
    public async Task ProcessAsync(Guid id, CancellationToken cancellationToken)
    {
        var (job, _) = await UnreadableJobs.FindAsync(_jobs, id, _logger, cancellationToken);
        if (job is not { Status: ExportStatus.Expired, Archive: not null, Restore.Problem: null } || job.Restore is null)
            return;

        var outcome = await _files.BringBackAsync(job, cancellationToken);
        switch (outcome)
        {
            case RestoreOutcome.Published:
                await ReviveAsync(job, cancellationToken);
                break;
            case RestoreOutcome.Rehydrating:
                Log.Rehydrating(_logger, id);
                await _queue.SendAsync(new MaintenanceMessage(MaintenanceWork.Restore, id), cancellationToken, _options.RehydrationPause);
                break;
            case RestoreOutcome.Gone:
                await GiveUpAsync(id, "The archive is no longer kept. Ask for the export again.", cancellationToken);
                break;
            default:
                await GiveUpAsync(
                    id, "The archive does not hold the file as it was published. Ask for the export again.", cancellationToken);
                break;
        }
    }

    /// <summary>Records in the job why its file could not be restored.</summary>
    /// <param name="id">The export's id.</param>
    /// <param name="problem">Why, in words that are safe to show.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    public async Task GiveUpAsync(Guid id, string problem, CancellationToken cancellationToken)
    {
        while ((await UnreadableJobs.FindAsync(_jobs, id, _logger, cancellationToken)).Job is { Restore: { Problem: null } wish } job)
        {
            if (await _jobs.TryUpdateAsync(job with { Restore = wish with { Problem = problem } }, cancellationToken) is null)
                continue;

            Log.GivenUp(_logger, id, problem);
            return;
        }
    }

    /// <summary>The file is published: record that in the job. If the job was deleted in the meantime, remove the file.</summary>
    private async Task ReviveAsync(ExportJob job, CancellationToken cancellationToken)
    {
        while (await _jobs.FindAsync(job.Id, cancellationToken) is { } current)
        {
            if (current.Restore is not { } wish || !current.TryMoveTo(ExportStatus.Succeeded, _time.GetUtcNow(), out var next))
                return;

            var file = current.File! with { ExpiresAt = _time.GetUtcNow().AddDays(wish.Days) };
            if (await _jobs.TryUpdateAsync(next with { File = file, Restore = null }, cancellationToken) is null)
                continue;

            Log.Restored(_logger, job.Id, file.ExpiresAt);
            return;
        }

        await _files.RemoveAsync(job, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Information, "Export {ExportId}: its file, which was brought back, is kept until {ExpiresAt:O}.")]
        public static partial void Kept(ILogger logger, Guid exportId, DateTimeOffset expiresAt);

        [LoggerMessage(1, LogLevel.Information, "Export {ExportId}: its file is back until {ExpiresAt:O}.")]
        public static partial void Restored(ILogger logger, Guid exportId, DateTimeOffset expiresAt);

        [LoggerMessage(2, LogLevel.Information, "Export {ExportId}: its archive is being fetched from the archive tier.")]
        public static partial void Rehydrating(ILogger logger, Guid exportId);

        [LoggerMessage(3, LogLevel.Warning, "Export {ExportId}: its file could not be brought back. {Problem}")]
        public static partial void GivenUp(ILogger logger, Guid exportId, string problem);
    }
}
