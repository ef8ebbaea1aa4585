using ExportFunctions.Maintenance.Archives;
using ExportFunctions.Maintenance.Deletions;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>Reports what a cleanup would do, by the same rules, without changing anything.</summary>
public sealed class CleanupPlanning
{
    /// <summary>The maximum number of files listed individually.</summary>
    public const int MaxFiles = 1000;

    private readonly ExpiredFileFinder _finder;
    private readonly ArchiveSweep _archives;
    private readonly RecordSweep _records;

    internal CleanupPlanning(ExpiredFileFinder finder, ArchiveSweep archives, RecordSweep records)
    {
        _finder = finder;
        _archives = archives;
        _records = records;
    }

    /// <summary>Creates the plan.</summary>
    public async Task<CleanupPlan> MakeAsync(CancellationToken cancellationToken)
    {
        var counts = await _records.RunAsync(SweepAction.Count, cancellationToken);
        var days = new List<PlannedDay>();
        var deleted = await _archives.PlanAsync(cancellationToken);
        var files = deleted.Take(MaxFiles).ToList();
        var total = deleted.Count;
        counts = counts.Plus(new CleanupCounts { ArchivedFilesRemoved = deleted.Count });
        await foreach (var day in _finder.DaysAsync(cancellationToken))
        {
            var planned = new PlannedDay(day, Files: 0, Bytes: 0, Archive: null);
            await foreach (var batch in _finder.BatchesAsync(day, cancellationToken))
            {
                counts = counts.Plus(FileCleanup.Count(batch, damaged: 0));
                planned = Add(planned, batch);
                total += batch.Count;
                files.AddRange(batch.Take(MaxFiles - files.Count).Select(Planned));
            }

            if (planned.Files > 0)
                days.Add(planned);
        }

        return new CleanupPlan(counts, days, files, IsCutOff: total > files.Count);
    }

    private static PlannedDay Add(PlannedDay day, IReadOnlyList<ExpiredFile> batch) => day with
    {
        Files = day.Files + batch.Count,
        Bytes = day.Bytes + batch.Sum(file => file.Stored.Bytes),
        Archive = day.Archive ?? (batch.Any(file => file.Fate == FileFate.Archive) ? ArchiveNames.Of(day.Day, part: 1) : null),
    };

    private static PlannedFile Planned(ExpiredFile file) => new(
        file.Stored.JobId,
        file.Job?.FileName ?? (file.Stored.File ?? file.Stored.Manifest)!.ShortName,
        file.Stored.Bytes,
        file.Fate switch
        {
            FileFate.Archive => CleanupAction.Archive,
            FileFate.Remove => CleanupAction.Remove,
            _ => CleanupAction.RemoveLeftover,
        });
}
