using ExportFunctions.Monitoring.Recording;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Adds alerts.</summary>
internal static class AlertServices
{
    /// <summary>Adds rules and alerts, and evaluates every record against the rules.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<AlertStore>();
        services.AddSingleton<AlertRules>();
        services.AddSingleton<AlertRuleReader>();
        services.AddSingleton<AppAlerts>();
        services.AddSingleton<IAttemptListener, AlertWatch>();
        return services;
    }
}
