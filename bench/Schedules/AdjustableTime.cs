namespace ExportFunctions.Bench.Schedules;

/// <summary>The system's clock, put ahead.</summary>
internal sealed class AdjustableTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
