using ExportFunctions.Formats.Csv;
using ExportFunctions.Formats.Jsonl;
using ExportFunctions.Formats.Xlsx;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats;

/// <summary>Registers the formats of this folder.</summary>
public static class FormatsServices
{
    /// <summary>Adds CSV, JSON Lines and Excel, and the catalog of all registered formats.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The app's settings.</param>
    public static IServiceCollection AddFormats(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<FormatsOptions>(configuration, FormatsOptions.Section);
        services.AddSingleton<IFileFormat>(
            provider => new CsvFormat(provider.GetRequiredService<IOptions<FormatsOptions>>().Value.Compression));
        services.AddSingleton<IFileFormat>(
            provider => new JsonlFormat(provider.GetRequiredService<IOptions<FormatsOptions>>().Value.Compression));
        services.AddSingleton<IFileFormat, ExcelFormat>();
        services.AddSingleton<FormatCatalog>();
        return services;
    }
}
