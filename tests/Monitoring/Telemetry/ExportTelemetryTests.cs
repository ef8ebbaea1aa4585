using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Monitoring.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Monitoring.Telemetry;

public sealed class ExportTelemetryTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ExportTelemetry>().BuildServiceProvider();

    private ExportTelemetry Telemetry => _services.GetRequiredService<ExportTelemetry>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Count_FillsEveryInstrument_WithBoundedTags()
    {
        var told = new ConcurrentDictionary<string, (double Value, string? Unit, string Tags)>(StringComparer.Ordinal);
        using var listener = Listen(told);

        Telemetry.Count(MetricsWorld.Attempt(MetricsWorld.Today, record => record with { QueueWaitSeconds = 0.5 }));

        const string Kind = "export.dataset=students,export.format=csv";
        Assert.Equal(
            [
                ("export.bytes", 5000, "By", Kind),
                ("export.job.duration", 2, "s", $"{Kind},export.outcome=succeeded"),
                ("export.jobs", 1, "{attempt}", $"{Kind},export.outcome=succeeded"),
                ("export.queue.wait", 0.5, "s", Kind),
                ("export.rows", 1000, "{row}", Kind),
            ],
            told.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Value, pair.Value.Unit, pair.Value.Tags)));
    }

    [Fact]
    public void Count_TellsNoDuration_WhereNoAttemptRan()
    {
        var told = new ConcurrentDictionary<string, (double Value, string? Unit, string Tags)>(StringComparer.Ordinal);
        using var listener = Listen(told);

        Telemetry.Count(MetricsWorld.Attempt(MetricsWorld.Today, record => record with { Outcome = AttemptOutcome.Canceled, Attempt = 0 }));

        Assert.Equal("export.jobs", Assert.Single(told).Key);
    }

    [Fact]
    public void Processing_GoesOnWithTheTraceOfTheMessage()
    {
        using var listener = Activities();
        var message = new ExportMessage(Guid.CreateVersion7());
        using var sending = Telemetry.StartSending(message)!;
        var sent = ExportMessage.TryParse((message with { Traceparent = sending.Id }).ToBinaryData())!;
        sending.Stop();

        using var processing = Telemetry.StartProcessing(sent)!;

        Assert.Equal((sending.TraceId, sending.SpanId), (processing.TraceId, processing.ParentSpanId));
        Assert.Equal((ActivityKind.Producer, ActivityKind.Consumer), (sending.Kind, processing.Kind));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void Processing_BeginsATrace_WhenTheMessageHasNone(string? traceparent)
    {
        using var listener = Activities();

        using var processing = Telemetry.StartProcessing(new ExportMessage(Guid.CreateVersion7(), Traceparent: traceparent))!;

        Assert.Equal(default, processing.ParentSpanId);
        Assert.NotEqual(default, processing.TraceId);
    }

    [Fact]
    public void Message_IsReadAsBefore_WithAndWithoutATrace()
    {
        var id = Guid.CreateVersion7();

        Assert.Equal(new ExportMessage(id), ExportMessage.TryParse(BinaryData.FromString($$"""{"jobId":"{{id}}","version":1}""")));
        Assert.Equal($$"""{"jobId":"{{id}}","version":1}""", new ExportMessage(id).ToBinaryData().ToString());
    }

    private static ActivityListener Activities()
    {
        var listener = new ActivityListener { ShouldListenTo = source => source.Name == ExportTelemetry.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private MeterListener Listen(ConcurrentDictionary<string, (double Value, string? Unit, string Tags)> told)
    {
        // Other tests have meters of the same name; this one's come from its own factory.
        var factory = _services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Meter.Name == ExportTelemetry.Name && ReferenceEquals(instrument.Meter.Scope, factory))
                    meters.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told[instrument.Name] = (value, instrument.Unit, Text(tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => told[instrument.Name] = (value, instrument.Unit, Text(tags)));
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
