using System.Diagnostics.Tracing;
using ExportFunctions.Outages;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>
/// Reports when telemetry can't be delivered, and when it can again. The exporter itself reports this only to its own event source, which
/// has no listener by default.
/// </summary>
internal sealed class CollectorWatch : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    // The names of its events; each has the called address as its first value.
    private const string Success = "ExportSuccess";
    private static readonly HashSet<string> Failures = new(StringComparer.Ordinal)
    {
        "FailedToReachCollector",
        "HttpRequestFailed",
        "RequestTimedOut",
        "OperationUnexpectedlyCanceled",
        "ExportFailure",
    };

    private readonly OutageLog _outages;
    private readonly string _place;

    /// <summary>Starts watching.</summary>
    /// <param name="outages">Receives outages.</param>
    /// <param name="endpoint">The collector's address.</param>
    public CollectorWatch(OutageLog outages, Uri endpoint)
    {
        _outages = outages;
        _place = endpoint.GetLeftPart(UriPartial.Authority);
        foreach (var source in EventSource.GetSources().Where(IsExporter))
            EnableEvents(source, EventLevel.Informational);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        // The base class calls this before the constructor has run.
        if (_outages is not null && IsExporter(eventSource))
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_place is null || eventData.EventName is not { } name || eventData.Payload is not [var address, ..]
            || address?.ToString()?.StartsWith(_place, StringComparison.OrdinalIgnoreCase) != true)
            return;

        if (name == Success)
            _outages.Answered(OutsidePart.Collector, _place);
        else if (Failures.Contains(name))
            _outages.Failed(OutsidePart.Collector, _place, ReasonOf(name, eventData.Payload));
    }

    // The other values are exception texts, and responses of endpoints that are not a collector.
    private static string ReasonOf(string name, IEnumerable<object?> values) => name switch
    {
        "RequestTimedOut" or "OperationUnexpectedlyCanceled" => "no answer in time",
        _ when values.Any(value => value is string text && text.Contains("Connection refused", StringComparison.Ordinal)) =>
            "the connection is refused",
        _ => "it breaks off, or doesn't take it",
    };

    private static bool IsExporter(EventSource source) => source.Name == Exporter;
}
