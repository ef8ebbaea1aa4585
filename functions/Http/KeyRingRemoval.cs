using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Removes the key ring that ASP.NET Core's integration reads or creates at each start: the app protects nothing with it.
/// </summary>
internal static class KeyRingRemoval
{
    private const string Reader = "Microsoft.AspNetCore.DataProtection.Internal.DataProtectionHostedService";

    /// <summary>Removes the services that read it.</summary>
    /// <param name="services">The services, including those of the integration.</param>
    public static IServiceCollection RemoveKeyRing(this IServiceCollection services)
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            if (services[i].ServiceType == typeof(IHostedService) && services[i].ImplementationType?.FullName == Reader)
                services.RemoveAt(i);
        }

        return services;
    }
}
