using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Functions;

/// <summary>The services both hosts run on: the Azure worker's <c>Program.cs</c> and <c>local/</c>.</summary>
public static class Composition
{
    /// <summary>Adds every capability of the app.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">Settings: <c>Exports:*</c>, <c>AzureWebJobsStorage</c> and the flat names in the README.</param>
    public static IServiceCollection AddExportFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        return services;
    }
}
