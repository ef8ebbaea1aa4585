namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// What a cleanup did, or would do. A host that dies in the middle of a batch leaves that batch uncounted, though not undone.
/// </summary>
public sealed record CleanupCounts
{
    /// <summary>Files packed into archives.</summary>
    public int FilesArchived { get; init; }

    /// <summary>The bytes these had.</summary>
    public long BytesArchived { get; init; }

    /// <summary>Files removed without being kept, because the settings say so.</summary>
    public int FilesRemoved { get; init; }

    /// <summary>The bytes these had.</summary>
    public long BytesRemoved { get; init; }

    /// <summary>Files removed that no job shows: of deleted, failed and canceled jobs.</summary>
    public int LeftoversRemoved { get; init; }

    /// <summary>Files of deleted exports removed from archives.</summary>
    public int ArchivedFilesRemoved { get; init; }

    /// <summary>
    /// Files that stay because they, or their entry in the archive, are not what was published: each is counted once, and the log names it.
    /// </summary>
    public int FilesDamaged { get; init; }

    /// <summary>Uploads dropped that were never committed.</summary>
    public int UploadsDropped { get; init; }

    /// <summary>Records of old jobs removed.</summary>
    public int JobsRemoved { get; init; }

    /// <summary>Idempotency keys forgotten.</summary>
    public int KeysRemoved { get; init; }

    /// <summary>Entries of schedules' histories removed.</summary>
    public int ScheduleRunsRemoved { get; init; }

    /// <summary>Records of old deliveries of notifications removed.</summary>
    public int DeliveriesRemoved { get; init; }

    /// <summary>Records of old maintenance runs removed.</summary>
    public int MaintenanceRunsRemoved { get; init; }

    /// <summary>Large filters removed that no request refers to any more.</summary>
    public int FiltersRemoved { get; init; }

    /// <summary>The sum of both.</summary>
    /// <param name="other">What was done besides.</param>
    public CleanupCounts Plus(CleanupCounts other) => new()
    {
        FilesArchived = FilesArchived + other.FilesArchived,
        BytesArchived = BytesArchived + other.BytesArchived,
        FilesRemoved = FilesRemoved + other.FilesRemoved,
        BytesRemoved = BytesRemoved + other.BytesRemoved,
        LeftoversRemoved = LeftoversRemoved + other.LeftoversRemoved,
        ArchivedFilesRemoved = ArchivedFilesRemoved + other.ArchivedFilesRemoved,
        FilesDamaged = FilesDamaged + other.FilesDamaged,
        UploadsDropped = UploadsDropped + other.UploadsDropped,
        JobsRemoved = JobsRemoved + other.JobsRemoved,
        KeysRemoved = KeysRemoved + other.KeysRemoved,
        ScheduleRunsRemoved = ScheduleRunsRemoved + other.ScheduleRunsRemoved,
        DeliveriesRemoved = DeliveriesRemoved + other.DeliveriesRemoved,
        MaintenanceRunsRemoved = MaintenanceRunsRemoved + other.MaintenanceRunsRemoved,
        FiltersRemoved = FiltersRemoved + other.FiltersRemoved,
    };
}
