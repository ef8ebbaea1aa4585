namespace ExportFunctions.Exports.Jobs;

/// <summary>The states of a job; in JSON, their names in lower case.</summary>
public enum ExportStatus
{
    /// <summary>Accepted and waiting for a worker; also between two attempts.</summary>
    Queued,

    /// <summary>A worker holds the lease and writes the file.</summary>
    Running,

    /// <summary>The file is published.</summary>
    Succeeded,

    /// <summary>The file could not be made; the error gives the reason.</summary>
    Failed,

    /// <summary>Canceled by a user.</summary>
    Canceled,

    /// <summary>It succeeded, but its file is no longer kept; it may be restored from its archive.</summary>
    Expired,
}

/// <summary>The allowed transitions between states.</summary>
public static class ExportStatuses
{
    /// <summary>True when the job's processing is over. A succeeded job may still expire, and an expired one be restored.</summary>
    /// <param name="status">The state.</param>
    public static bool IsFinal(this ExportStatus status) =>
        status is ExportStatus.Succeeded or ExportStatus.Failed or ExportStatus.Canceled or ExportStatus.Expired;

    /// <summary>True when a job may move from one state to the other.</summary>
    /// <param name="from">The current state.</param>
    /// <param name="to">The next state.</param>
    public static bool CanMoveTo(this ExportStatus from, ExportStatus to) => (from, to) switch
    {
        (ExportStatus.Queued, ExportStatus.Queued or ExportStatus.Running or ExportStatus.Canceled or ExportStatus.Failed) => true,
        (ExportStatus.Running, ExportStatus.Running or ExportStatus.Queued) => true,
        (ExportStatus.Running, ExportStatus.Succeeded or ExportStatus.Failed or ExportStatus.Canceled) => true,
        (ExportStatus.Succeeded, ExportStatus.Expired) or (ExportStatus.Expired, ExportStatus.Succeeded) => true,
        _ => false,
    };

    /// <summary>The state's JSON name.</summary>
    /// <param name="status">The state.</param>
    public static string Name(this ExportStatus status) => status switch
    {
        ExportStatus.Queued => "queued",
        ExportStatus.Running => "running",
        ExportStatus.Succeeded => "succeeded",
        ExportStatus.Failed => "failed",
        ExportStatus.Canceled => "canceled",
        ExportStatus.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>Parses a state's JSON name; false when it is unknown.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <param name="status">The state.</param>
    public static bool TryParse(string? name, out ExportStatus status)
    {
        foreach (var candidate in Enum.GetValues<ExportStatus>())
        {
            if (string.Equals(candidate.Name(), name, StringComparison.Ordinal))
            {
                status = candidate;
                return true;
            }
        }

        status = default;
        return false;
    }
}
