using ExportFunctions.Exports.Attempts;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Monitoring.Reading;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Monitoring.Summaries;
using ExportFunctions.Monitoring.Telemetry;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Monitoring;

/// <summary>Adds monitoring.</summary>
public static class MonitoringServices
{
    private const string RetentionSetting = "METRICS_RETENTION_DAYS";

    /// <summary>Adds the records of attempts and everything derived from them.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Monitoring</c> and <c>METRICS_RETENTION_DAYS</c>.</param>
    public static IServiceCollection AddMonitoring(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<MonitoringOptions>(
            configuration, MonitoringOptions.Section, (nameof(MonitoringOptions.RetentionDays), RetentionSetting))
            .Configure(options => options.RetentionDays = configuration.GetValue(RetentionSetting, options.RetentionDays));

        services.AddTelemetry(configuration);
        services.AddAlerts();
        services.AddSingleton<IRecordFiles, AppendBlobFiles>();
        services.AddSingleton<IAttemptRecorder, AttemptRecorder>();
        services.AddSingleton<MetricsRetention>();
        services.AddSingleton<PoisonStore>();
        services.AddSingleton<PoisonMessages>();

        services.AddSingleton<RecordArchive>();
        services.AddSingleton<SummaryStore>();
        services.AddComposed<RecordReader>();
        services.AddComposed<DaySummaries>();
        services.AddSingleton<PerformanceReader>();
        services.AddSingleton<ReportWriter>();
        return services;
    }
}
