using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExportFunctions.Outages;

/// <summary>Adds outage logging.</summary>
public static class OutageServices
{
    /// <summary>Adds <see cref="OutageLog"/>, shared by everything that calls outside parts.</summary>
    /// <param name="services">The service collection.</param>
    public static IServiceCollection AddOutages(this IServiceCollection services)
    {
        services.TryAddSingleton<OutageLog>();
        return services;
    }
}
