namespace ExportFunctions.Monitoring.Summaries;

/// <summary>
/// Quantiles of any number of values in bounded space, mergeable with others: a value is counted in the bucket of its logarithm, as in
/// DDSketch (Masson, Rim, Lee, VLDB 2019). A quantile is off by at most <see cref="RelativeError"/> of the value with that rank; count,
/// mean, minimum and maximum are exact.
/// </summary>
internal sealed class QuantileSketch
{
    /// <summary>The maximum error of a quantile, as a share of the true value.</summary>
    public const double RelativeError = 0.01;

    private const double Gamma = (1 + RelativeError) / (1 - RelativeError);

    // Smaller values count as zero: a tenth of a millisecond, a tenth of a row.
    private const double Least = 0.0001;

    private static readonly double LogGamma = Math.Log(Gamma);

    private readonly Dictionary<int, long> _buckets = [];
    private long _nothings;

    /// <summary>The number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum.</summary>
    public double Sum { get; private set; }

    /// <summary>The maximum.</summary>
    public double Max { get; private set; }

    /// <summary>The mean; 0 when there are no values.</summary>
    public double Mean => Count == 0 ? 0 : Sum / Count;

    /// <summary>Adds a value, 0 or more.</summary>
    public void Add(double value)
    {
        Count++;
        Sum += value;
        Max = Math.Max(Max, value);
        if (value < Least)
            _nothings++;
        else
            Fill((int)Math.Ceiling(Math.Log(value) / LogGamma), 1);
    }

    /// <summary>Merges another sketch into this one.</summary>
    public void Add(QuantileSketch other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Max = Math.Max(Max, other.Max);
        _nothings += other._nothings;
        foreach (var (bucket, count) in other._buckets)
            Fill(bucket, count);
    }

    /// <summary>The quantile for a share of all values; 0 when there are none.</summary>
    public double Quantile(double share)
    {
        if (Count == 0)
            return 0;

        var rank = (long)Math.Ceiling(share * Count);
        var seen = _nothings;
        if (seen >= rank)
            return 0;

        foreach (var (bucket, count) in _buckets.OrderBy(pair => pair.Key))
        {
            seen += count;
            if (seen >= rank)
                return Math.Min(2 * Math.Pow(Gamma, bucket) / (Gamma + 1), Max);
        }

        return Max;
    }

    /// <summary>The stored form.</summary>
    public StoredSketch Store()
    {
        var ordered = _buckets.OrderBy(pair => pair.Key).ToList();
        return new StoredSketch(Count, Sum, Max, _nothings, [.. ordered.Select(pair => pair.Key)], [.. ordered.Select(pair => pair.Value)]);
    }

    /// <summary>Restores a sketch from its stored form.</summary>
    public static QuantileSketch Of(StoredSketch stored)
    {
        var sketch = new QuantileSketch { Count = stored.Count, Sum = stored.Sum, Max = stored.Max, _nothings = stored.Nothings };
        for (var i = 0; i < stored.Buckets.Count; i++)
            sketch._buckets[stored.Buckets[i]] = stored.Counts[i];

        return sketch;
    }

    private void Fill(int bucket, long count) => _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + count;
}

/// <summary>A sketch as it is stored.</summary>
/// <param name="Count">The number of values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Max">The maximum.</param>
/// <param name="Nothings">The number of values that count as zero.</param>
/// <param name="Buckets">The buckets, in order.</param>
/// <param name="Counts">The number of values in each bucket.</param>
internal sealed record StoredSketch(
    long Count, double Sum, double Max, long Nothings, IReadOnlyList<int> Buckets, IReadOnlyList<long> Counts);
