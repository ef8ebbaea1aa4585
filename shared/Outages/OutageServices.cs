using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExportFunctions.Outages;

/// <summary>Adds what tells of outages.</summary>
public static class OutageServices
{
    /// <summary>Adds <see cref="OutageLog"/>, once for all that call outside parts.</summary>
    /// <param name="services">The service collection.</param>
    public static IServiceCollection AddOutages(this IServiceCollection services)
    {
        services.TryAddSingleton<OutageLog>();
        return services;
    }
}
