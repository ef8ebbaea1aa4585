using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>A file whose time is over, and its job.</summary>
/// <param name="Job">The job; null when there is none any more.</param>
/// <param name="Stored">The file.</param>
/// <param name="Fate">What becomes of it.</param>
internal sealed record ExpiredFile(ExportJob? Job, StoredFile Stored, FileFate Fate);

/// <summary>What becomes of a file.</summary>
internal enum FileFate
{
    /// <summary>It stays: its time isn't over, or its job isn't.</summary>
    Keep,

    /// <summary>It is packed; its job says where.</summary>
    Archive,

    /// <summary>It is removed; its job expires.</summary>
    Remove,

    /// <summary>It is removed, and no job is changed: nobody has it, or its job says already that it is gone.</summary>
    RemoveLeftover,
}

/// <summary>Judges files. Nothing is read or written.</summary>
internal static class FileFates
{
    /// <summary>What becomes of the file of a day that is over, and whose retention is.</summary>
    /// <param name="job">The job; null when there is none.</param>
    /// <param name="stored">The file.</param>
    /// <param name="policy">What the settings want.</param>
    /// <param name="now">The present instant.</param>
    public static FileFate Of(ExportJob? job, StoredFile stored, ExpiredFiles policy, DateTimeOffset now) => job switch
    {
        // Its job was deleted, or ended without a file: what a worker published that was taken for dead.
        null or { Status: ExportStatus.Failed or ExportStatus.Canceled } => FileFate.RemoveLeftover,
        { Status: ExportStatus.Expired, Archive: null } => FileFate.RemoveLeftover,
        { Status: ExportStatus.Expired } => FileFate.Archive,
        { Status: ExportStatus.Succeeded, File: { } file } when file.ExpiresAt <= now =>
            stored.File is null || policy == ExpiredFiles.Delete ? FileFate.Remove : FileFate.Archive,
        _ => FileFate.Keep,
    };
}
