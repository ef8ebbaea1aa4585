using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Exports;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>The formats as the app has them, and requests against the sample school.</summary>
internal static class AppFormats
{
    public static FormatCatalog Catalog { get; } = Make();

    public static ExportRequestReader SchoolRequests { get; } = new(
        DatasetsFileReader.Read(Repository.Find().SampleDatasets, new ConfigurationBuilder().Build()),
        Catalog,
        new AddressListReader(new NotificationOptions()),
        Options.Create(new ExportOptions()));

    private static FormatCatalog Make()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddExportFunctions(new ConfigurationBuilder().Build());
        return services.BuildServiceProvider().GetRequiredService<FormatCatalog>();
    }
}
