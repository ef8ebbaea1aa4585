using ExportFunctions.Exports.Jobs;
using ExportFunctions.Maintenance.Archives;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// Processes a batch of files whose retention is over. The checkpoints, in order: pack and commit, read back, expire the jobs, remove the
/// originals. Each may be repeated after a crash.
/// </summary>
internal sealed class FileCleanup(
    ArchivePacking packing, ArchiveCheck check, FileExpiry expiry, DamagedFiles damaged, IOptions<MaintenanceOptions> options)
{
    /// <summary>Processes a batch.</summary>
    /// <param name="day">The day the files were requested.</param>
    /// <param name="batch">The files.</param>
    /// <param name="cancellationToken">Stops the work; it can be repeated.</param>
    /// <returns>What was done.</returns>
    public async Task<CleanupCounts> RunAsync(DateOnly day, IReadOnlyList<ExpiredFile> batch, CancellationToken cancellationToken)
    {
        var toArchive = batch.Where(file => file.Fate == FileFate.Archive).ToList();
        var kept = toArchive.Count == 0 ? new Dictionary<Guid, ArchivedFile>() : await ArchiveAsync(day, toArchive, cancellationToken);

        foreach (var file in toArchive.Where(file => !kept.ContainsKey(file.Stored.JobId)))
            await damaged.AddAsync(day, file.Stored, cancellationToken);

        // A job may be restored or changed at any time: each is evaluated again when its turn comes.
        var ended = new System.Collections.Concurrent.ConcurrentBag<ExpiredFile>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batch.Where(
            file => file.Fate != FileFate.Archive || kept.ContainsKey(file.Stored.JobId)), parallel, async (file, token) =>
        {
            if (await expiry.EndAsync(file, kept.GetValueOrDefault(file.Stored.JobId), token))
                ended.Add(file);
        });

        return Count(ended, damaged: toArchive.Count - kept.Count);
    }

    /// <summary>The counts of a batch.</summary>
    public static CleanupCounts Count(IReadOnlyCollection<ExpiredFile> files, int damaged)
    {
        var archived = files.Where(file => file.Fate == FileFate.Archive).ToList();
        var removed = files.Where(file => file.Fate == FileFate.Remove).ToList();
        return new CleanupCounts
        {
            FilesArchived = archived.Count,
            BytesArchived = archived.Sum(file => file.Stored.Bytes),
            FilesRemoved = removed.Count,
            BytesRemoved = removed.Sum(file => file.Stored.Bytes),
            LeftoversRemoved = files.Count(file => file.Fate == FileFate.RemoveLeftover),
            FilesDamaged = damaged,
        };
    }

    private async Task<IReadOnlyDictionary<Guid, ArchivedFile>> ArchiveAsync(
        DateOnly day, List<ExpiredFile> files, CancellationToken cancellationToken)
    {
        var (parts, wrong) = await packing.PackAsync(day, files, cancellationToken);
        return await check.ReadBackAsync(parts, files.Where(file => !wrong.Contains(file.Stored.JobId)), cancellationToken);
    }
}
