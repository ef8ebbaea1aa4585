using ExportFunctions.Exports.Queue;
using ExportFunctions.Monitoring.Recording;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>Adds OpenTelemetry.</summary>
internal static class TelemetryServices
{
    /// <summary>The setting that switches the exporter on; the others of the specification (<c>OTEL_EXPORTER_OTLP_HEADERS</c>, <c>OTEL_TRACES_SAMPLER</c>, …) hold as well.</summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // What ASP.NET Core and the Functions worker tell of calls.
    private static readonly string[] HostSources = ["Microsoft.AspNetCore", "Microsoft.Azure.Functions.Worker"];

    /// <summary>
    /// Adds activities and instruments; where an endpoint is set the exporter of traces, metrics and logs (OTLP); and where Application
    /// Insights is set what tells it of warnings that the Functions host drops.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddSingleton<ExportMetrics>();
        services.AddSingleton<IAttemptListener, AttemptTelemetry>();
        if (ApplicationInsights.Read(configuration) is { } insights)
            services.AddSingleton<ILoggerProvider>(_ => new UnattendedWarnings(insights.CreateExporter));
        if (configuration[EndpointSetting] is not { Length: > 0 })
            return services;

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "export-functions"))
            .WithTracing(tracing => tracing.AddSource([ExportActivities.Name, .. HostSources]))
            .WithMetrics(metrics => metrics.AddMeter(ExportMetrics.Name, "Microsoft.AspNetCore.Hosting"))
            .WithLogging(configureBuilder: null, options => options.IncludeScopes = true)
            .UseOtlpExporter();
        services.AddHostedService<TelemetryStop>();
        return services;
    }
}
