using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Maintenance.Deletions;

/// <summary>
/// Notes the deletion of an export whose file an archive holds, before its record goes. One that is due to be archived is noted as well: a
/// cleanup may be packing it.
/// </summary>
internal sealed class ArchivedRemnants(ArchiveDeletions deletions, TimeProvider time) : IExportRemnants
{
    public Task RemoveAsync(ExportJob job, CancellationToken cancellationToken) =>
        job.Archive is not null || job.File?.ExpiresAt <= time.GetUtcNow()
            ? deletions.AddAsync(Of(job), cancellationToken)
            : Task.CompletedTask;

    /// <summary>Whether it was archived can't be read: the cleanup looks.</summary>
    public Task RemoveUnreadableAsync(Guid id, DateOnly day, CancellationToken cancellationToken) =>
        deletions.AddAsync(new ArchiveDeletion(day, id), cancellationToken);

    public static ArchiveDeletion Of(ExportJob job) => new(DateOnly.FromDateTime(job.CreatedAt.UtcDateTime), job.Id);
}
