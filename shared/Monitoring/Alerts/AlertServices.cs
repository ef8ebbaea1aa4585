using ExportFunctions.Monitoring.Recording;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Adds alerts.</summary>
internal static class AlertServices
{
    /// <summary>Adds rules and alerts, and has every record held against the rules.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<TableAlertStore>();
        services.AddSingleton<IAlertStore>(provider => provider.GetRequiredService<TableAlertStore>());
        services.AddSingleton<IAlertWindows>(provider => provider.GetRequiredService<TableAlertStore>());
        services.AddSingleton<AlertRules>();
        services.AddSingleton<AlertRuleReader>();
        services.AddSingleton(provider => new AppAlerts(
            provider.GetRequiredService<IAlertStore>(),
            provider.GetRequiredService<IAlertWindows>(),
            provider.GetServices<IAlertListener>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAttemptListener, AlertWatch>();
        return services;
    }
}
