using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Startup;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Adds alerts.</summary>
internal static class AlertServices
{
    /// <summary>Adds rules and alerts, and has every record held against the rules.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<TableAlertStore>();
        services.AddAlias<IAlertStore, TableAlertStore>();
        services.AddAlias<IAlertWindows, TableAlertStore>();
        services.AddSingleton<AlertRules>();
        services.AddSingleton<AlertRuleReader>();
        services.AddComposed<AppAlerts>();
        services.AddSingleton<IAttemptListener, AlertWatch>();
        return services;
    }
}
