namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// What is kept of an attempt that ended, for as long as metrics are kept and whatever becomes of its job: one line of JSON. A job that
/// ends while no attempt runs has a record as well, as attempt 0. The export's id and the attempt together are unique.
/// </summary>
public sealed record AttemptRecord
{
    /// <summary>The layout this app writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The layout; 1. Fields may be added within a version, and none changes its meaning.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The export's id.</summary>
    public required Guid ExportId { get; init; }

    /// <summary>Which attempt of the job, from 1; 0 when the job ended while none ran.</summary>
    public required int Attempt { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>The schedule that started the job; null when a user did.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>How it ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The code of the failure; null when it did not fail.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>When it began, in UTC; null when the job ended while no attempt ran.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When it ended, in UTC; of an attempt whose worker died, when that was found out.</summary>
    public required DateTime EndedAt { get; init; }

    /// <summary>Records written.</summary>
    public long Rows { get; init; }

    /// <summary>Bytes of the published file; 0 when there is none.</summary>
    public long Bytes { get; init; }

    /// <summary>Seconds the job waited for this attempt: from when it was accepted, or when it was to be tried again.</summary>
    public double QueueWaitSeconds { get; init; }

    /// <summary>Seconds from its begin to its end.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>Records written per second of its duration.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>Seconds spent waiting for the source's rows, counting included; null when its worker died.</summary>
    public double? SourceSeconds { get; init; }

    /// <summary>Seconds spent formatting rows and uploading the file; null when its worker died.</summary>
    public double? WriterSeconds { get; init; }

    /// <summary>
    /// The most memory its process had resident meanwhile, in bytes, as seen at each heartbeat; null when its worker died.
    /// </summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>The host it ran on.</summary>
    public string? Host { get; init; }
}
