using ExportFunctions.Outages;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Storage;

/// <summary>Adds the storage account.</summary>
public static class StorageServices
{
    /// <summary>Adds the clients, the clock that follows their responses, the links to blobs, and the setup that runs at startup.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings.</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<StorageOptions>(configuration, StorageOptions.Section);
        services.AddSingleton(_ => new StorageClock(TimeProvider.System));
        services.AddAlias<TimeProvider, StorageClock>();
        services.AddOutages();
        services.AddSingleton<StorageOutages>();
        services.AddSingleton(provider => StorageAccount.Create(
            configuration, provider.GetRequiredService<StorageClock>(), provider.GetRequiredService<StorageOutages>()));
        services.AddSingleton<BlobLinks>();
        services.AddHostedService<StorageSetup>();
        return services;
    }
}
