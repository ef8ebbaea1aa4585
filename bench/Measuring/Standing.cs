namespace ExportFunctions.Bench.Measuring;

/// <summary>How a contender did: its runs, one a round, or why it had none.</summary>
internal sealed record Standing(Contender Contender, IReadOnlyList<Sample> Samples, string? Skipped)
{
    public double RowsPerSecond => Median(Samples.Select(sample => sample.RowsPerSecond));

    public double Seconds => Median(Samples.Select(sample => sample.Seconds));

    public double? BytesPerRow => Samples[^1].Bytes is { } bytes ? (double)bytes / Samples[^1].Rows : null;

    /// <summary>How many times as fast ours was: the median of the rounds' ratios, each of two runs that followed each other.</summary>
    public double RatioOf(Standing ours) => Median(ours.Samples.Zip(Samples, (our, its) => our.RowsPerSecond / its.RowsPerSecond));

    /// <summary>Nanoseconds of the processors for a row; null where they were another process's.</summary>
    public double? ProcessorNanoseconds =>
        Samples[0].ProcessorSeconds is null ? null : Median(Samples.Select(sample => sample.ProcessorSeconds!.Value / sample.Rows)) * 1e9;

    /// <summary>As <see cref="RatioOf"/>, of the processors' time: what else the machine does hardly moves it.</summary>
    public double? ProcessorRatioOf(Standing ours) =>
        Samples[0].ProcessorSeconds is null || ours.Samples.Count == 0 || ours.Samples[0].ProcessorSeconds is null
        ? null
        : Median(
            ours.Samples.Zip(Samples, (our, its) => its.ProcessorSeconds!.Value / its.Rows / (our.ProcessorSeconds!.Value / our.Rows)));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
