using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Monitoring;

/// <summary>Section <c>Monitoring</c>: what is kept about completed attempts.</summary>
public sealed class MonitoringOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Monitoring";

    /// <summary>How long records of attempts are kept; from <c>METRICS_RETENTION_DAYS</c>, 7 to 3650 days, 90 by default.</summary>
    [Range(7, 3650)]
    public int RetentionDays { get; set; } = 90;

    /// <summary>
    /// The size in bytes at which the next file of records is started. It must be the same for every host: it determines which file a
    /// record goes to.
    /// </summary>
    internal long MaxBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>The number of blocks at which the next file of records is started: at most the 50,000 that an append blob holds.</summary>
    internal int MaxBlocks { get; init; } = 50_000;
}
