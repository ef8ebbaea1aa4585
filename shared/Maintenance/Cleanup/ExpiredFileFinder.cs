using System.Runtime.CompilerServices;
using ExportFunctions.Exports;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// Finds the files whose retention is over, one day of creation at a time, and orphaned files on every day. On days still within
/// <c>EXPORT_RETENTION_DAYS</c>, a file is only examined if the day's list of exports doesn't include it.
/// </summary>
internal sealed class ExpiredFileFinder(
    StoredFiles files,
    IExportJobStore jobs,
    DamagedFiles damaged,
    IOptions<ExportOptions> exports,
    IOptions<MaintenanceOptions> options,
    TimeProvider time,
    ILogger<ExpiredFileFinder> logger)
{
    private const int MaxPage = 1000;

    /// <summary>The days to examine, oldest first.</summary>
    public IAsyncEnumerable<DateOnly> DaysAsync(CancellationToken cancellationToken) => files.DaysAsync(cancellationToken);

    /// <summary>The files of a day that need action, in batches, so that memory use is bounded.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ExpiredFile>> BatchesAsync(
        DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<ExpiredFile>();
        long bytes = 0;
        var known = await damaged.OfDayAsync(day, cancellationToken);
        await foreach (var judged in EvaluatedAsync(day, cancellationToken))
        {
            foreach (var file in judged.Where(file => file.Fate != FileFate.Keep && !IsKnown(file)))
            {
                if (batch.Count > 0 && (batch.Count >= options.Value.BatchFiles || bytes + file.Stored.Bytes > options.Value.BatchBytes))
                {
                    yield return batch;
                    (batch, bytes) = ([], 0);
                }

                batch.Add(file);
                bytes += file.Stored.Bytes;
            }
        }

        if (batch.Count > 0)
            yield return batch;

        // A damaged file remains damaged, unless it was replaced.
        bool IsKnown(ExpiredFile file) => file.Fate == FileFate.Archive
            && known.TryGetValue(file.Stored.JobId, out var version)
            && string.Equals(version, DamagedFiles.VersionOf(file.Stored), StringComparison.Ordinal);
    }

    private async IAsyncEnumerable<ExpiredFile[]> EvaluatedAsync(DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isOver = day < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddDays(-exports.Value.RetentionDays));
        HashSet<Guid> shown = [];
        var isListed = isOver;
        var some = new List<StoredFile>();
        await foreach (var file in files.OfDayAsync(day, cancellationToken))
        {
            // Listed after the files' list was started: a file missing from the list of exports is evaluated by its own record.
            if (!isListed)
                (shown, isListed) = (await ShownAsync(day, cancellationToken), true);
            if (shown.Contains(file.JobId))
                continue;

            some.Add(file);
            if (some.Count < options.Value.AtATime)
                continue;

            yield return await Task.WhenAll(some.Select(stored => EvaluateAsync(stored, cancellationToken)));
            some.Clear();
        }

        yield return await Task.WhenAll(some.Select(stored => EvaluateAsync(stored, cancellationToken)));
    }

    /// <summary>The exports of a day whose files are kept.</summary>
    private async Task<HashSet<Guid>> ShownAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var shown = new HashSet<Guid>();
        var begin = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var query = new ExportJobQuery { From = begin, To = begin.AddDays(1), PageSize = MaxPage };
        do
        {
            var page = await jobs.ListAsync(query, cancellationToken);
            shown.UnionWith(page.Jobs.Where(Stays).Select(job => job.Id));
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);

        return shown;

        bool Stays(ExportJob job) => job.Status switch
        {
            ExportStatus.Succeeded => job.File is not { } file || file.ExpiresAt > time.GetUtcNow(),
            ExportStatus.Queued or ExportStatus.Running => true,
            _ => false,
        };
    }

    private async Task<ExpiredFile> EvaluateAsync(StoredFile stored, CancellationToken cancellationToken)
    {
        // The request, which may be large, is not needed here.
        if (await UnreadableJobs.FindAsync(jobs, stored.JobId, logger, cancellationToken) is not (var found, true))
            return new ExpiredFile(Job: null, stored, FileFate.Keep);

        var job = found is null ? null : found with { RequestJson = "" };
        return new ExpiredFile(job, stored, FileFates.Of(job, stored, options.Value.ExpiredFiles, time.GetUtcNow()));
    }
}
