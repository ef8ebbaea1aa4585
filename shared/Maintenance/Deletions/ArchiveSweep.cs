using ExportFunctions.Maintenance.Cleanup;

namespace ExportFunctions.Maintenance.Deletions;

/// <summary>Carries out pending deletions of archived exports, a day at a time.</summary>
internal sealed class ArchiveSweep(ArchiveDeletions deletions, ArchiveRewriting rewriting)
{
    /// <summary>The days with pending deletions, oldest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> DaysAsync(CancellationToken cancellationToken) =>
        [.. (await deletions.ListAsync(cancellationToken)).Select(deletion => deletion.Day).Distinct()];

    /// <summary>Carries out a day's pending deletions.</summary>
    public async Task<CleanupCounts> RunAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var waiting = (await deletions.ListAsync(cancellationToken)).Where(deletion => deletion.Day == day).ToList();
        var (removed, isDone) = await rewriting.RunAsync(day, waiting.Select(deletion => deletion.ExportId).ToHashSet(), cancellationToken);
        if (isDone)
        {
            foreach (var deletion in waiting)
                await deletions.RemoveAsync(deletion, cancellationToken);
        }

        return new CleanupCounts { ArchivedFilesRemoved = removed.Count };
    }

    /// <summary>What a cleanup would remove. A deletion whose archive can't be read now is listed without its size.</summary>
    public async Task<IReadOnlyList<PlannedFile>> PlanAsync(CancellationToken cancellationToken)
    {
        var planned = new List<PlannedFile>();
        foreach (var day in (await deletions.ListAsync(cancellationToken)).GroupBy(deletion => deletion.Day))
        {
            var ids = day.Select(deletion => deletion.ExportId).ToHashSet();
            var (found, isWhole) = await rewriting.FindAsync(day.Key, ids, cancellationToken);
            foreach (var id in ids.Where(id => found.ContainsKey(id) || !isWhole))
            {
                planned.Add(found.TryGetValue(id, out var entry)
                    ? new PlannedFile(id, entry.Name, entry.UncompressedBytes, CleanupAction.RemoveFromArchive)
                    : new PlannedFile(id, $"{id:N}", 0, CleanupAction.RemoveFromArchive));
            }
        }

        return planned;
    }
}
