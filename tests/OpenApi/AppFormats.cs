using ExportFunctions.Formats;
using ExportFunctions.Functions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>The formats as the app has them.</summary>
internal static class AppFormats
{
    public static FormatCatalog Catalog { get; } = Make();

    private static FormatCatalog Make()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddExportFunctions(new ConfigurationBuilder().Build());
        return services.BuildServiceProvider().GetRequiredService<FormatCatalog>();
    }
}
