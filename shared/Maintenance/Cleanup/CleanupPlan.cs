namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>What a cleanup would do now.</summary>
/// <param name="Counts">What it comes to, old records included.</param>
/// <param name="Days">A line for each day of creation, oldest first.</param>
/// <param name="Files">The files, oldest days first; the first of them only, where there are many.</param>
/// <param name="IsCutOff">True when there are more files than <see cref="Files"/> lists.</param>
public sealed record CleanupPlan(CleanupCounts Counts, IReadOnlyList<PlannedDay> Days, IReadOnlyList<PlannedFile> Files, bool IsCutOff);

/// <summary>What a cleanup would do with the files of a day.</summary>
/// <param name="Day">The UTC day they were asked for.</param>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Archive">The archive that takes those that are kept; null when none is.</param>
public sealed record PlannedDay(DateOnly Day, int Files, long Bytes, string? Archive);

/// <summary>What a cleanup would do with a file.</summary>
/// <param name="ExportId">The export.</param>
/// <param name="Name">The name people download it under; the blob's, when the export is gone.</param>
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

    /// <summary>It is removed; no export shows it.</summary>
    RemoveLeftover,

    /// <summary>Its export was deleted: it is removed from its day's archive.</summary>
    RemoveFromArchive,
}
