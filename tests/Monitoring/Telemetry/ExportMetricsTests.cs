using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Monitoring.Telemetry;

public sealed class ExportMetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ExportMetrics>().BuildServiceProvider();

    private ExportMetrics Metrics => _services.GetRequiredService<ExportMetrics>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Count_FillsEveryInstrument_WithBoundedTags()
    {
        var told = new ConcurrentDictionary<string, (double Value, string? Unit, string Tags)>(StringComparer.Ordinal);
        using var listener = Listen(told);

        Metrics.Count(MetricsWorld.Attempt(MetricsWorld.Today, record => record with { QueueWaitSeconds = 0.5 }));

        const string Kind = "export.dataset=students,export.format=csv";
        Assert.Equal(
            [
                ("export.bytes", 5000, "By", Kind),
                ("export.job.duration", 2, "s", $"{Kind},export.outcome=succeeded"),
                ("export.jobs", 1, "{attempt}", $"{Kind},export.outcome=succeeded"),
                ("export.queue.wait", 0.5, "s", Kind),
                ("export.rows", 1000, "{row}", Kind),
            ],
            told.OrderBy(
                pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Value, pair.Value.Unit, pair.Value.Tags)));
    }

    [Fact]
    public void Count_TellsNoDuration_WhereNoAttemptRan()
    {
        var told = new ConcurrentDictionary<string, (double Value, string? Unit, string Tags)>(StringComparer.Ordinal);
        using var listener = Listen(told);

        Metrics.Count(MetricsWorld.Attempt(MetricsWorld.Today, record => record with { Outcome = AttemptOutcome.Canceled, Attempt = 0 }));

        Assert.Equal("export.jobs", Assert.Single(told).Key);
    }

    private MeterListener Listen(ConcurrentDictionary<string, (double Value, string? Unit, string Tags)> told)
    {
        // Other tests have meters of the same name; this one's come from its own factory.
        var factory = _services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Meter.Name == ExportMetrics.Name && ReferenceEquals(instrument.Meter.Scope, factory))
                    meters.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => told[instrument.Name] = (value, instrument.Unit, Text(tags)));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => told[instrument.Name] = (value, instrument.Unit, Text(tags)));
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
