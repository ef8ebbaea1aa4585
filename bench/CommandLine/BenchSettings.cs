namespace ExportFunctions.Bench.CommandLine;

/// <summary>What every command can be told.</summary>
internal sealed record BenchSettings
{
    /// <summary>The rows of a full run; null takes the command's own number.</summary>
    public int? Rows { get; init; }

    /// <summary>The rounds that count, after one that warms up; null takes the command's own number.</summary>
    public int? Rounds { get; init; }

    /// <summary>Words of which a contender's or a group's name contains one; empty takes all. Such a part of a run is not filed.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>No further round begins after this long.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>The database of <c>end-to-end</c>: <c>postgres</c> or <c>sqlite</c>.</summary>
    public string Source { get; init; } = "postgres";

    /// <summary>The requests a second of <c>post</c>.</summary>
    public int PerSecond { get; init; } = 20;

    /// <summary>Where results are filed; null takes <c>bench/results</c>.</summary>
    public string? Output { get; init; }

    /// <summary>When the command began, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> gives it.</summary>
    public long Begun { get; init; }
}
