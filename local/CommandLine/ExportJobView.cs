using System.Text.Json.Serialization;

namespace ExportFunctions.Local.CommandLine;

/// <summary>A job as returned by the API.</summary>
internal sealed record ExportJobView(
    string Id,
    string Status,
    long? RowsExpected,
    long RowsWritten,
    double? Percent,
    double RowsPerSecond,
    double? SecondsLeft,
    DateTimeOffset? RetryAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    JobError? Error,
    IReadOnlyList<JobWarning>? Warnings,
    JobFile? File,
    JobWaiting? WaitingFor = null)
{
    /// <summary>Whether its state is final.</summary>
    [JsonIgnore]
    public bool IsFinal => Status is "succeeded" or "failed" or "canceled" or "expired";
}

/// <summary>Set when a job waits for a host that serves the datasets it was validated against.</summary>
internal sealed record JobWaiting(string Message);

/// <summary>Why a job failed.</summary>
internal sealed record JobError(string Code, string Message);

/// <summary>A change that the format required.</summary>
internal sealed record JobWarning(string Code, long Count, string Message);

/// <summary>A job's file.</summary>
internal sealed record JobFile(string Name, string ContentType, long Bytes, string Sha256, IReadOnlyList<long>? SliceBytes, string Url);
