using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Maintenance.Deletions;

/// <summary>
/// Records the deletion of an export whose file is in an archive, before its record is removed. One that is due for archiving is recorded
/// as well: a cleanup may be packing it.
/// </summary>
internal sealed class ArchivedRemnants(ArchiveDeletions deletions, TimeProvider time) : IExportRemnants
{
    public Task RemoveAsync(ExportJob job, CancellationToken cancellationToken) =>
        job.Archive is not null || job.File?.ExpiresAt <= time.GetUtcNow()
            ? deletions.AddAsync(Of(job), cancellationToken)
            : Task.CompletedTask;

    /// <summary>If it can't be read whether it was archived, the cleanup checks.</summary>
    public Task RemoveUnreadableAsync(Guid id, DateOnly day, CancellationToken cancellationToken) =>
        deletions.AddAsync(new ArchiveDeletion(day, id), cancellationToken);

    public static ArchiveDeletion Of(ExportJob job) => new(DateOnly.FromDateTime(job.CreatedAt.UtcDateTime), job.Id);
}
