namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// The record of a finished attempt, one line of JSON. It is kept as long as metrics are, whatever happens to its job. A job that ends
/// while no attempt is running gets a record too, as attempt 0. Export id and attempt number together are unique.
/// </summary>
public sealed record AttemptRecord
{
    /// <summary>The layout version this app writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The layout version; 1. Fields may be added within a version, but none changes its meaning.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The export's id.</summary>
    public required Guid ExportId { get; init; }

    /// <summary>The number of the job's attempt, from 1; 0 when the job ended while none was running.</summary>
    public required int Attempt { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>The schedule that started the job; null when a user did.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>How the attempt ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The failure's error code; null when the attempt did not fail.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>When the attempt began, in UTC; null when the job ended while none was running.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When the attempt ended, in UTC; if its worker died, when that was detected.</summary>
    public required DateTime EndedAt { get; init; }

    /// <summary>Records written.</summary>
    public long Rows { get; init; }

    /// <summary>Size of the published file in bytes; 0 when there is none.</summary>
    public long Bytes { get; init; }

    /// <summary>Seconds the job waited for this attempt, from when it was accepted or due for a retry.</summary>
    public double QueueWaitSeconds { get; init; }

    /// <summary>Seconds from start to end.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>Records written per second of the attempt's duration.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>Seconds spent waiting for the source's rows, including the count; null when the worker died.</summary>
    public double? SourceSeconds { get; init; }

    /// <summary>Seconds spent formatting rows and uploading the file; null when the worker died.</summary>
    public double? WriterSeconds { get; init; }

    /// <summary>The process's peak resident memory in bytes, sampled at each heartbeat; null when the worker died.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>The host it ran on.</summary>
    public string? Host { get; init; }
}
