using ExportFunctions.Datasets;
using ExportFunctions.Exports;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Http;
using ExportFunctions.Functions.Notifications.Webhooks;
using ExportFunctions.Functions.Schedules;
using ExportFunctions.Health;
using ExportFunctions.Maintenance;
using ExportFunctions.Monitoring;
using ExportFunctions.Notifications;
using ExportFunctions.Schedules;
using ExportFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Functions;

/// <summary>The services both hosts run on: the Azure worker's <c>Program.cs</c> and <c>local/</c>.</summary>
public static class Composition
{
    /// <summary>Adds all features of the app.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">Settings: <c>Exports:*</c>, <c>AzureWebJobsStorage</c> and the flat names in docs/settings.md.</param>
    public static IServiceCollection AddExportFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStorage(configuration);
        services.AddDatasets(configuration);
        services.AddFormats(configuration);
        services.AddPdf(configuration);
        services.AddExports(configuration);
        services.AddMonitoring(configuration);
        services.AddSchedules(configuration);
        services.AddMaintenance(configuration);
        services.AddNotifications(configuration);
        services.AddHealth();
        services.AddHttp(configuration);
        services.AddSingleton<ExportEvents>();
        services.AddSingleton<ScheduleBody>();
        services.AddSingleton<WebhookBody>();
        return services;
    }
}
