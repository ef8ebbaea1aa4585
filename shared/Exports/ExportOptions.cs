using System.ComponentModel.DataAnnotations;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Startup;

namespace ExportFunctions.Exports;

/// <summary>Section <c>Exports</c>: how jobs are accepted, run and kept.</summary>
public sealed class ExportOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Exports";

    /// <summary>
    /// The largest request body in bytes, 1 KB to 16 MB; 4 MB by default, enough for 50,000 texts of 80 bytes. A larger one gets a 413.
    /// </summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long a worker holds a job after its last heartbeat, 2 s to 10 min; 30 s by default. After that another may take over.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a running job writes its heartbeat and progress, and so how soon it notices a cancellation: 100 ms to 1 s; 500 ms by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:01")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How many times a job may lose its worker, or have its message dead-lettered by the host, before it fails, 1 to 20; 5 by default. A
    /// graceful shutdown of a host doesn't count.
    /// </summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>
    /// How many times an export is retried after a transient error when its request doesn't specify it: 0 to 10; 3 by default.
    /// </summary>
    [Range(0, RetryPolicy.MaxRetries)]
    public int Retries { get; set; } = 3;

    /// <summary>
    /// The delay before the first retry when the request doesn't specify it: 1 s to 1 h; 10 s by default. Each further delay is twice as
    /// long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest delay before a retry, 1 s to 1 day; 15 min by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    [FormerSetting("LongestRetryDelay")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The policy of a request that doesn't specify retries.</summary>
    public RetryPolicy DefaultRetry => new(Retries, RetryDelay);

    /// <summary>
    /// How long a queued job may wait before its message is considered lost and sent again, 10 s to 1 day; 5 min by default. When the queue
    /// has no visible messages, a <see cref="LeaseDuration"/> is enough.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan LostMessageAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an export waits for a host that serves the dataset it was validated against before it fails, counted while no such host is
    /// alive; 1 s to 7 days, 10 min by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan ForeignJobTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How many exports a caller may have waiting and running, 1 to 100,000; 1,000 by default. Beyond that, requests get a 429. Schedules
    /// have no such limit.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxActivePerCaller { get; set; } = 1_000;

    /// <summary>
    /// The record count from which an export is large, so that small ones overtake it: 1 to 100 million; 100,000 by default.
    /// </summary>
    [Range(1, 100_000_000)]
    public long LargeRows { get; set; } = 100_000;

    /// <summary>
    /// How many large exports a host runs at a time, 1 to 64; 2 by default. The remaining slots allowed by host.json are reserved for small
    /// ones.
    /// </summary>
    [Range(1, 64)]
    public int MaxLargeAtATime { get; set; } = 2;

    /// <summary>Whether this host itself runs the exports it accepts, and no others.</summary>
    internal bool RunsOwnOnly { get; set; }

    /// <summary>How long a download link is valid, 1 min to 1 h; 10 min by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The host's name in attempt records, at most 128 characters; by default the instance id on Azure, otherwise the machine name.
    /// </summary>
    [StringLength(128, MinimumLength = 1)]
    public string HostName { get; set; } = Environment.MachineName;

    /// <summary>How long files are kept; from <c>EXPORT_RETENTION_DAYS</c>, 1 to 3650 days, 30 by default.</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 30;

    /// <summary>
    /// The record count from which an export is partitioned into slices that several hosts share, and the approximate size of a slice: 1 to
    /// 100 million; 1 million by default.
    /// </summary>
    [Range(1, 100_000_000)]
    public long SliceRows { get; set; } = 1_000_000;

    /// <summary>
    /// How long a worker holds a slice after its last heartbeat, 1 s to 10 min; 10 s by default. Shorter than <see cref="LeaseDuration"/>:
    /// writing a slice again costs little, while waiting for a dead worker's slice holds up the whole export.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SliceLeaseDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many slices of an export are sent to other workers at a time, 1 to 256; 4 by default. The worker that holds the export writes
    /// one more.
    /// </summary>
    [Range(1, 256)]
    public int SlicesInFlight { get; set; } = 4;

    /// <summary>
    /// How many slices a host writes at a time, 0 to 64; with 0, the default, one per two processors. Each takes the memory of a writer and
    /// a connection to the database.
    /// </summary>
    [Range(0, 64)]
    public int SlicesPerHost { get; set; }

    /// <summary>
    /// The number of slices to write at a time on this machine. A writer, with the source's and storage's share, keeps two processors busy:
    /// more slices would use memory without gaining speed.
    /// </summary>
    public int EffectiveSlicesPerHost => SlicesPerHost > 0 ? SlicesPerHost : Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// How long a function works on a large export, or on slices of one, before it hands over the rest, 1 s to 1 day; 3 min by default. A
    /// range that takes a third longer than this is split: keep it at three fifths of the host's <c>functionTimeout</c> or less.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RunTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// The timeout for one heartbeat, and for the last state write of an attempt that is being stopped, 1 to 30 s; 5 s by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan LastWriteTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
