using ExportFunctions.Exports.Attempts;
using ExportFunctions.Monitoring.Recording;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Monitoring;

/// <summary>Adds monitoring.</summary>
public static class MonitoringServices
{
    /// <summary>Adds the records of attempts and what is made of them.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Monitoring</c> and <c>METRICS_RETENTION_DAYS</c>.</param>
    public static IServiceCollection AddMonitoring(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MonitoringOptions>()
            .Bind(configuration.GetSection(MonitoringOptions.Section))
            .Configure(options => options.RetentionDays = configuration.GetValue("METRICS_RETENTION_DAYS", options.RetentionDays))
            .ValidateDataAnnotations()
            .ValidateOnStart();

        services.AddSingleton<IRecordFiles, AppendBlobFiles>();
        services.AddSingleton<IAttemptRecorder>(provider => new AttemptRecorder(
            provider.GetRequiredService<IRecordFiles>(),
            provider.GetServices<IAttemptListener>(),
            provider.GetRequiredService<IOptions<MonitoringOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AttemptRecorder>>()));
        services.AddSingleton<MetricsRetention>();
        return services;
    }
}
