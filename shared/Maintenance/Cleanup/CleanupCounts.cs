namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// What a cleanup did, or would do. If a host dies in the middle of a batch, that batch stays uncounted, though its work is done.
/// </summary>
public sealed record CleanupCounts
{
    /// <summary>Files packed into archives.</summary>
    public int FilesArchived { get; init; }

    /// <summary>Their total size in bytes.</summary>
    public long BytesArchived { get; init; }

    /// <summary>Files removed without being archived, as configured.</summary>
    public int FilesRemoved { get; init; }

    /// <summary>Their total size in bytes.</summary>
    public long BytesRemoved { get; init; }

    /// <summary>Orphaned files removed: of deleted, failed and canceled jobs.</summary>
    public int LeftoversRemoved { get; init; }

    /// <summary>Files of deleted exports removed from archives.</summary>
    public int ArchivedFilesRemoved { get; init; }

    /// <summary>
    /// Files kept because they, or their entry in the archive, do not match what was published: each is counted once and named in the log.
    /// </summary>
    public int FilesDamaged { get; init; }

    /// <summary>Uncommitted uploads dropped.</summary>
    public int UploadsDropped { get; init; }

    /// <summary>Records of old jobs removed.</summary>
    public int JobsRemoved { get; init; }

    /// <summary>Idempotency keys removed.</summary>
    public int KeysRemoved { get; init; }

    /// <summary>Entries of schedules' histories removed.</summary>
    public int ScheduleRunsRemoved { get; init; }

    /// <summary>Records of old notification deliveries removed.</summary>
    public int DeliveriesRemoved { get; init; }

    /// <summary>Records of old maintenance runs removed.</summary>
    public int MaintenanceRunsRemoved { get; init; }

    /// <summary>Large filters removed that no request references any more.</summary>
    public int FiltersRemoved { get; init; }

    /// <summary>The sum of both.</summary>
    /// <param name="other">The counts to add.</param>
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
