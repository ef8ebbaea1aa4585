using System.ComponentModel.DataAnnotations;
using ExportFunctions.Startup;

namespace ExportFunctions.Maintenance;

/// <summary>
/// Section <c>Maintenance</c>: the handling of old files and records. The retention of files is set by <c>EXPORT_RETENTION_DAYS</c>.
/// </summary>
public sealed class MaintenanceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Maintenance";

    /// <summary>What happens to files whose retention is over; they are archived by default.</summary>
    [EnumDataType(typeof(ExpiredFiles))]
    public ExpiredFiles ExpiredFiles { get; set; } = ExpiredFiles.Archive;

    /// <summary>
    /// How long the records of jobs are kept after their creation, 1 to 3650 days; 365 by default. A job whose file still exists is kept.
    /// An archived file can't be restored without its record.
    /// </summary>
    [Range(1, 3650)]
    public int JobDays { get; set; } = 365;

    /// <summary>How long an idempotency key is valid, 1 to 3650 days; 30 by default.</summary>
    [Range(1, 3650)]
    public int KeyDays { get; set; } = 30;

    /// <summary>How long the records of maintenance runs are kept, 1 to 3650 days; 365 by default.</summary>
    [Range(1, 3650)]
    public int RunDays { get; set; } = 365;

    /// <summary>
    /// The age in days at which uncommitted uploads are dropped, by the day of the upload: 1 to 7 days; 1 by default. The service itself
    /// discards them after a week.
    /// </summary>
    [Range(1, 7)]
    public int UploadDays { get; set; } = 1;

    /// <summary>For how many days a file is restored when the request doesn't specify it, 1 to 90; 7 by default.</summary>
    [Range(1, MaxRestoreDays)]
    public int RestoreDays { get; set; } = 7;

    /// <summary>
    /// Files that are packed, read back and removed together, 1 to 5,000; 500 by default. An interrupted run loses the work of one such
    /// batch at most.
    /// </summary>
    [Range(1, 5000)]
    public int BatchFiles { get; set; } = 500;

    /// <summary>The size limit of a batch in bytes, 1 MB to 1 TB; 2 GB by default. A larger file forms a batch of its own.</summary>
    [Range(1L << 20, 1L << 40)]
    public long BatchBytes { get; set; } = 2L << 30;

    /// <summary>Concurrent calls to the storage account, 1 to 64; 8 by default.</summary>
    [Range(1, 64)]
    public int AtATime { get; set; } = 8;

    /// <summary>
    /// How long a run works before it leaves the rest to another message, 10 s to 1 h; 4 min by default: less than <c>functionTimeout</c>
    /// in any plan.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    [FormerSetting("Slice")]
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>
    /// The pause before an archive that is being rehydrated is checked again, 1 min to 1 day; 1 h by default. Azure takes up to 15 hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RehydrationPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The maximum number of days a file may be restored for.</summary>
    public const int MaxRestoreDays = 90;
}

/// <summary>What happens to files whose retention is over.</summary>
public enum ExpiredFiles
{
    /// <summary>They are packed into one ZIP file per day of creation.</summary>
    Archive,

    /// <summary>They are removed.</summary>
    Delete,
}
