using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>A file whose retention is over, and its job.</summary>
/// <param name="Job">The job; null when it no longer exists.</param>
/// <param name="Stored">The file.</param>
/// <param name="Fate">What happens to the file.</param>
internal sealed record ExpiredFile(ExportJob? Job, StoredFile Stored, FileFate Fate);

/// <summary>What happens to a file.</summary>
internal enum FileFate
{
    /// <summary>It is kept: its retention isn't over, or its job isn't final.</summary>
    Keep,

    /// <summary>It is packed; its job records the archive.</summary>
    Archive,

    /// <summary>It is removed; its job expires.</summary>
    Remove,

    /// <summary>It is removed, and no job is changed: it has none, or its job already shows it as gone.</summary>
    RemoveLeftover,
}

/// <summary>Evaluates files. Nothing is read or written.</summary>
internal static class FileFates
{
    /// <summary>What happens to a file of a past day whose retention is over.</summary>
    /// <param name="job">The job; null when there is none.</param>
    /// <param name="stored">The file.</param>
    /// <param name="policy">The configured policy.</param>
    /// <param name="now">The present instant.</param>
    public static FileFate Of(ExportJob? job, StoredFile stored, ExpiredFiles policy, DateTimeOffset now) => job switch
    {
        // Its job was deleted, or ended without a file: a worker presumed dead published it.
        null or { Status: ExportStatus.Failed or ExportStatus.Canceled } => FileFate.RemoveLeftover,
        { Status: ExportStatus.Expired, Archive: null } => FileFate.RemoveLeftover,
        { Status: ExportStatus.Expired } => FileFate.Archive,
        { Status: ExportStatus.Succeeded, File: { } file } when file.ExpiresAt <= now =>
            stored.File is null || policy == ExpiredFiles.Delete ? FileFate.Remove : FileFate.Archive,
        _ => FileFate.Keep,
    };
}
