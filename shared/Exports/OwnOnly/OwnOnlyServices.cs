using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExportFunctions.Exports.OwnOnly;

/// <summary>Makes a host one that runs its own exports alone.</summary>
public static class OwnOnlyServices
{
    /// <summary>
    /// Takes the exports that are asked of this host, and their slices, out of the shared queues: they run here and nowhere else, and
    /// nothing of others runs here. Call after the app's services were added, and serve neither queues nor timers besides.
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
