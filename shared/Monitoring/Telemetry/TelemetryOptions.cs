namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>
/// Where telemetry is sent and how, by OpenTelemetry's own settings. Its exporter reads them itself, and silently ignores or misreads
/// invalid ones: so they are validated at startup.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>The address of the collector, <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; null sends nothing.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The protocol, <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>: <c>grpc</c> (the default) or <c>http/protobuf</c>.</summary>
    public string? Protocol { get; set; }

    /// <summary>
    /// The headers to send, <c>OTEL_EXPORTER_OTLP_HEADERS</c>: <c>name=value</c>, separated by commas. They may contain a key, and are
    /// never shown.
    /// </summary>
    public string? Headers { get; set; }

    /// <summary>The time limit of a call in milliseconds, <c>OTEL_EXPORTER_OTLP_TIMEOUT</c>; the exporter's default is 10,000.</summary>
    public string? Timeout { get; set; }

    /// <summary>Whether the address is valid.</summary>
    public bool HasEndpoint =>
        Endpoint is null || (Uri.TryCreate(Endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");

    /// <summary>Whether the exporter supports the protocol.</summary>
    public bool HasProtocol => Protocol is null or "grpc" or "http/protobuf";

    /// <summary>Whether the headers are valid.</summary>
    public bool HasHeaders => Headers is null || Headers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .All(static header => header.IndexOf('=', StringComparison.Ordinal) > 0 && !header.Any(char.IsControl));

    /// <summary>Whether the time limit is valid.</summary>
    public bool HasTimeout => Timeout is null
        || (int.TryParse(
            Timeout,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var milliseconds) && milliseconds > 0);
}
