using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExportFunctions.Exports.OwnOnly;

/// <summary>Configures a host that runs only its own exports.</summary>
public static class OwnOnlyServices
{
    /// <summary>
    /// Keeps the exports requested from this host, and their slices, out of the shared queues: they run only here, and nothing of other
    /// hosts runs here. Call it after the app's services were added, and don't serve queues or timers as well.
    /// </summary>
    /// <param name="services">The service collection.</param>
    public static IServiceCollection RunOwnExportsOnly(this IServiceCollection services)
    {
        services.Configure<ExportOptions>(options => options.RunsOwnOnly = true);
        services.AddSingleton<OwnMessages>();
        services.Replace(ServiceDescriptor.Singleton<IExportQueue>(provider => provider.GetRequiredService<OwnMessages>()));
        services.Replace(ServiceDescriptor.Singleton<ISliceQueue>(provider => provider.GetRequiredService<OwnMessages>()));
        services.AddHostedService<OwnExports>();
        return services;
    }
}
