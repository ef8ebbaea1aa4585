using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Tests.Monitoring.Summaries;

public sealed class QuantileSketchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(50_000)]
    public void Quantile_IsWithinItsError_OfTheTrueValue(int count)
    {
        var random = new Random(count);
        foreach (var spread in new[] { 0.1, 1, 4, 12 })
        {
            var values = Enumerable.Range(0, count).Select(_ => Math.Exp((random.NextDouble() - 0.5) * spread)).ToArray();
            var sketch = new QuantileSketch();
            foreach (var value in values)
                sketch.Add(value);

            Array.Sort(values);
            foreach (var share in new[] { 0.01, 0.5, 0.9, 0.95, 0.99, 1 })
            {
                var exact = values[(int)Math.Ceiling(share * count) - 1];
                Assert.InRange(Math.Abs(sketch.Quantile(share) - exact) / exact, 0, QuantileSketch.RelativeError + 1e-9);
            }

            Assert.Equal(values.Average(), sketch.Mean, 9);
            Assert.Equal(values[^1], sketch.Max);
        }
    }

    [Fact]
    public void Merge_IsAsGood_AsCountingAllAtOnce()
    {
        var random = new Random(7);
        var (whole, left, right) = (new QuantileSketch(), new QuantileSketch(), new QuantileSketch());
        for (var i = 0; i < 10_000; i++)
        {
            var value = random.NextDouble() * 100;
            whole.Add(value);
            (i % 3 == 0 ? left : right).Add(value);
        }

        var merged = QuantileSketch.Of(left.Store());
        merged.Add(QuantileSketch.Of(right.Store()));

        Assert.Equal((whole.Count, whole.Max), (merged.Count, merged.Max));
        Assert.All(new[] { 0.5, 0.95, 0.99 }, share => Assert.Equal(whole.Quantile(share), merged.Quantile(share)));
    }

    [Fact]
    public void Quantile_IsNothing_WhereThereIsNothing()
    {
        var sketch = new QuantileSketch();
        var before = sketch.Quantile(0.5);

        sketch.Add(0);
        sketch.Add(0);
        sketch.Add(3);

        Assert.Equal((0, 0), (before, sketch.Quantile(0.5)));
        Assert.InRange(sketch.Quantile(0.99), 3 * (1 - QuantileSketch.RelativeError), 3);
    }

    [Fact]
    public void Size_IsBounded_HoweverManyValuesThereAre()
    {
        var random = new Random(3);
        var sketch = new QuantileSketch();
        for (var i = 0; i < 200_000; i++)
            sketch.Add(random.NextDouble() * 86_400);

        Assert.InRange(sketch.Store().Buckets.Count, 1, 1100);
    }
}
