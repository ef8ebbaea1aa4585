namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>What a cleanup would do now.</summary>
/// <param name="Counts">The totals, old records included.</param>
/// <param name="Days">One entry per day of creation, oldest first.</param>
/// <param name="Files">The files, oldest days first; truncated if there are many.</param>
/// <param name="IsCutOff">True when there are more files than <see cref="Files"/> lists.</param>
public sealed record CleanupPlan(CleanupCounts Counts, IReadOnlyList<PlannedDay> Days, IReadOnlyList<PlannedFile> Files, bool IsCutOff);

/// <summary>What a cleanup would do with the files of a day.</summary>
/// <param name="Day">The UTC day the files were requested.</param>
/// <param name="Files">The number of files.</param>
/// <param name="Bytes">Their total size in bytes.</param>
/// <param name="Archive">The archive for the files that are kept; null when there is none.</param>
public sealed record PlannedDay(DateOnly Day, int Files, long Bytes, string? Archive);

/// <summary>What a cleanup would do with a file.</summary>
/// <param name="ExportId">The export.</param>
/// <param name="Name">Its download name; the blob's name when the export is gone.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Action">What would be done with it.</param>
public sealed record PlannedFile(Guid ExportId, string Name, long Bytes, CleanupAction Action);

/// <summary>What a cleanup does with a file.</summary>
public enum CleanupAction
{
    /// <summary>It is packed into its day's archive.</summary>
    Archive,

    /// <summary>It is removed, and its export expires.</summary>
    Remove,

    /// <summary>It is removed; no export refers to it.</summary>
    RemoveLeftover,

    /// <summary>Its export was deleted: it is removed from its day's archive.</summary>
    RemoveFromArchive,
}
