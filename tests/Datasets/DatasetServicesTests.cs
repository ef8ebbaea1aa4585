using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Datasets.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExportFunctions.Tests.Datasets;

public sealed class DatasetServicesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task AddDatasets_StopsTheStart_WhenTheFileIsBad()
    {
        await File.WriteAllTextAsync(_file, "{}");
        using var host = Host();

        await Assert.ThrowsAsync<DatasetsFileException>(() => host.StartAsync());
    }

    [Fact]
    public async Task AddDatasets_GivesCatalogAndRowSource_WhenTheFileIsGood()
    {
        await File.WriteAllTextAsync(_file, """
            { "sources": { "school": { "provider": "sqlite", "connectionString": "Data Source=x.db" } },
              "datasets": [{ "name": "students", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }] }
            """);
        using var host = Host();

        await host.StartAsync();

        Assert.NotNull(host.Services.GetRequiredService<DatasetCatalog>().Find("students"));
        Assert.NotNull(host.Services.GetRequiredService<IRowSource>());
    }

    [Fact]
    public async Task AddDatasets_FindsTheSampleAboveTheApp_WhenNoFileIsNamed()
    {
        using var host = Host(file: null);

        await host.StartAsync();

        Assert.NotNull(host.Services.GetRequiredService<DatasetCatalog>().Find("students"));
    }

    private IHost Host() => Host(_file);

    private static IHost Host(string? file)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Exports:DatasetsFile", file)]).Build();
        return new HostBuilder().ConfigureServices(services => services.AddSingleton(TimeProvider.System).AddDatasets(configuration)).Build(
            );
    }
}
