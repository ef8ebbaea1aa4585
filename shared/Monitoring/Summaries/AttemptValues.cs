using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Summaries;

/// <summary>What a summary takes of a record. The fields mean what those of <see cref="AttemptRecord"/> do.</summary>
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
