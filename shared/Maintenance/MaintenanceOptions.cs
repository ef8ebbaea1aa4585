using System.ComponentModel.DataAnnotations;
using ExportFunctions.Startup;

namespace ExportFunctions.Maintenance;

/// <summary>
/// Section <c>Maintenance</c>: what becomes of old files and records. When files are old says <c>EXPORT_RETENTION_DAYS</c>.
/// </summary>
public sealed class MaintenanceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Maintenance";

    /// <summary>What becomes of files whose time is over; they are archived by default.</summary>
    [EnumDataType(typeof(ExpiredFiles))]
    public ExpiredFiles ExpiredFiles { get; set; } = ExpiredFiles.Archive;

    /// <summary>
    /// How long the records of jobs are kept after their creation, 1 to 3650 days; 365 by default. A job whose file is still kept stays.
    /// Without its record an archived file can't be restored.
    /// </summary>
    [Range(1, 3650)]
    public int JobDays { get; set; } = 365;

    /// <summary>How long an idempotency key stands for its export, 1 to 3650 days; 30 by default.</summary>
    [Range(1, 3650)]
    public int KeyDays { get; set; } = 30;

    /// <summary>How long the records of maintenance runs are kept, 1 to 3650 days; 365 by default.</summary>
    [Range(1, 3650)]
    public int RunDays { get; set; } = 365;

    /// <summary>
    /// How old the day of an upload must be whose blocks were never committed, before they are dropped: 1 to 7 days; 1 by default. The
    /// service itself forgets them after a week.
    /// </summary>
    [Range(1, 7)]
    public int UploadDays { get; set; } = 1;

    /// <summary>For how many days a file is restored when the request doesn't say, 1 to 90; 7 by default.</summary>
    [Range(1, MaxRestoreDays)]
    public int RestoreDays { get; set; } = 7;

    /// <summary>
    /// Files that are packed, read back and removed together, 1 to 5,000; 500 by default. A run that is cut off loses the work of one
    /// such batch at most.
    /// </summary>
    [Range(1, 5000)]
    public int BatchFiles { get; set; } = 500;

    /// <summary>Bytes of the files of a batch, 1 MB to 1 TB; 2 GB by default. A larger file is a batch by itself.</summary>
    [Range(1L << 20, 1L << 40)]
    public long BatchBytes { get; set; } = 2L << 30;

    /// <summary>Calls to the storage account that are on their way at a time, 1 to 64; 8 by default.</summary>
    [Range(1, 64)]
    public int AtATime { get; set; } = 8;

    /// <summary>
    /// How long a run works before it hands its rest over to a further message, 10 s to 1 h; 4 min by default: less than
    /// <c>functionTimeout</c> in any plan.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    [FormerSetting("Slice")]
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>
    /// The pause before an archive that is being fetched from the archive tier is looked at again, 1 min to 1 day; 1 h by default. Azure
    /// takes up to 15 hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RehydrationPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The most days a file may be restored for.</summary>
    public const int MaxRestoreDays = 90;
}

/// <summary>What becomes of files whose time is over.</summary>
public enum ExpiredFiles
{
    /// <summary>They are packed into one ZIP file for each day of creation.</summary>
    Archive,

    /// <summary>They are removed.</summary>
    Delete,
}
