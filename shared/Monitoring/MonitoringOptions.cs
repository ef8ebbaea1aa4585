using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Monitoring;

/// <summary>Section <c>Monitoring</c>: what is kept of attempts that ended.</summary>
public sealed class MonitoringOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Monitoring";

    /// <summary>How long records of attempts are kept; from <c>METRICS_RETENTION_DAYS</c>, 7 to 3650 days, 90 by default.</summary>
    [Range(7, 3650)]
    public int RetentionDays { get; set; } = 90;

    /// <summary>
    /// How many bytes a file of records may have before the next one is begun. The same for every host: which file a record goes to
    /// follows from it.
    /// </summary>
    internal long MaxBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// How many blocks a file of records may have before the next one is begun: at most the 50,000 that an append blob holds.
    /// </summary>
    internal int MaxBlocks { get; init; } = 50_000;
}
