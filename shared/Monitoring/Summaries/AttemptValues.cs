using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Summaries;

/// <summary>The values of a record that a summary uses. The fields mean the same as those of <see cref="AttemptRecord"/>.</summary>
internal struct AttemptValues
{
    public int Version;
    public int Attempt;
    public string Dataset;
    public string Format;
    public AttemptOutcome Outcome;
    public string? ErrorCode;
    public long Rows;
    public long Bytes;
    public double QueueWaitSeconds;
    public double DurationSeconds;
    public double RowsPerSecond;
}
