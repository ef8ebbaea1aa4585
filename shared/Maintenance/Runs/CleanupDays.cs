using System.Runtime.CompilerServices;
using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Maintenance.Deletions;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>The days whose files or archives a cleanup processes, and how.</summary>
internal sealed partial class CleanupDays(
    ExpiredFileFinder finder, FileCleanup files, ArchiveSweep archives, ILogger<CleanupDays> logger)
{
    /// <summary>The days whose archives are to be removed or rewritten.</summary>
    public Task<IReadOnlyList<DateOnly>> ArchivesAsync(CancellationToken cancellationToken) => archives.DaysAsync(cancellationToken);

    /// <summary>The days with files whose retention is over.</summary>
    public async Task<IReadOnlyList<DateOnly>> FilesAsync(CancellationToken cancellationToken) =>
        await finder.DaysAsync(cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Cleans a day's archives, in one part.</summary>
    public async IAsyncEnumerable<CleanupCounts> CleanArchiveAsync(
        DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await archives.RunAsync(day, cancellationToken);
    }

    /// <summary>Archives and removes a day's files, one part per batch.</summary>
    public async IAsyncEnumerable<CleanupCounts> CleanFilesAsync(
        Guid run, DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in finder.BatchesAsync(day, cancellationToken))
        {
            var counts = await files.RunAsync(day, batch, cancellationToken);
            Log.Batch(logger, run, day, counts.FilesArchived, counts.FilesRemoved + counts.LeftoversRemoved, counts.FilesDamaged);
            yield return counts;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Information, "Cleanup {RunId}, files of {Day}: {Archived} archived, {Removed} removed, {Damaged} damaged.")]
        public static partial void Batch(ILogger logger, Guid runId, DateOnly day, int archived, int removed, int damaged);
    }
}
