using ExportFunctions.Exports.Queue;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Outages;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>Adds OpenTelemetry.</summary>
internal static class TelemetryServices
{
    /// <summary>
    /// The setting that enables the exporter; the others of the specification (<c>OTEL_EXPORTER_OTLP_HEADERS</c>,
    /// <c>OTEL_TRACES_SAMPLER</c>, …) apply as well.
    /// </summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string ProtocolSetting = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string HeadersSetting = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string TimeoutSetting = "OTEL_EXPORTER_OTLP_TIMEOUT";

    // The sources of calls in ASP.NET Core and the Functions worker.
    private static readonly string[] HostSources = ["Microsoft.AspNetCore", "Microsoft.Azure.Functions.Worker"];

    /// <summary>
    /// Adds activities and instruments; if an endpoint is set, the exporter of traces, metrics and logs (OTLP); and if Application Insights
    /// is set, the export of warnings that the Functions host drops.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddSingleton<ExportMetrics>();
        services.AddSingleton<IAttemptListener, AttemptTelemetry>();
        if (ApplicationInsights.Read(configuration) is { } insights)
            services.AddSingleton<ILoggerProvider>(_ => new UnattendedWarnings(insights.CreateExporter));
        AddSettings(services, configuration);
        if (configuration[EndpointSetting] is not { Length: > 0 } text || !Uri.TryCreate(text, UriKind.Absolute, out var endpoint))
            return services;

        services.AddOpenTelemetry()
            .ConfigureResource(
                resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "export-functions"))
            .WithTracing(tracing => tracing.AddSource([ExportActivities.Name, .. HostSources]))
            .WithMetrics(metrics => metrics.AddMeter(ExportMetrics.Name, "Microsoft.AspNetCore.Hosting"))
            .WithLogging(configureBuilder: null, options => options.IncludeScopes = true)
            .UseOtlpExporter();
        services.AddOutages();
        services.AddSingleton(provider => new CollectorWatch(provider.GetRequiredService<OutageLog>(), endpoint));
        services.AddHostedService<TelemetryStop>();
        return services;
    }

    private static void AddSettings(IServiceCollection services, IConfiguration configuration) =>
        services.AddSettings<TelemetryOptions>(
            configuration,
            section: null,
            (nameof(TelemetryOptions.Endpoint), EndpointSetting),
            (nameof(TelemetryOptions.Protocol), ProtocolSetting),
            (nameof(TelemetryOptions.Headers), HeadersSetting),
            (nameof(TelemetryOptions.Timeout), TimeoutSetting))
            .Configure(options =>
            {
                options.Endpoint = Text(configuration, EndpointSetting);
                options.Protocol = Text(configuration, ProtocolSetting);
                options.Headers = Text(configuration, HeadersSetting);
                options.Timeout = Text(configuration, TimeoutSetting);
            })
            .Validate(
                options => options.HasEndpoint,
                $"{EndpointSetting} is '{configuration[EndpointSetting]}' and must be an http or https address, such as"
                    + " http://localhost:4317.")
            .Validate(
                options => options.HasProtocol,
                $"{ProtocolSetting} is '{configuration[ProtocolSetting]}' and must be grpc or http/protobuf.")
            .Validate(
                options => options.HasHeaders,
                $"{HeadersSetting} must be name=value, with commas between several.")
            .Validate(
                options => options.HasTimeout,
                $"{TimeoutSetting} is '{configuration[TimeoutSetting]}' and must be a whole number of milliseconds from 1 on.");

    private static string? Text(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } text ? text : null;
}
