using System.Globalization;
using ExportFunctions.Local.Azurite;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Seeding;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Bench;

/// <summary>What a benchmark runs against: an Azurite and a school of its own, in a folder that goes when it ends.</summary>
internal sealed class BenchStage : IAsyncDisposable
{
    private readonly AzuriteServer _azurite;
    private readonly string _folder;

    private BenchStage(AzuriteServer azurite, string folder)
    {
        _azurite = azurite;
        _folder = folder;
    }

    public static async Task<BenchStage> CreateAsync(int students)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"exportfunctions-bench-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(folder);
        var repository = Repository.Find();
        await using (var target = new SqliteSeedTarget(Path.Combine(folder, "school.db"), ExistingData.Replace))
            await SchoolSeeder.SeedAsync(target, students, progress: null, CancellationToken.None);
        var sample = await File.ReadAllTextAsync(repository.SampleDatasets);
        await File.WriteAllTextAsync(Path.Combine(folder, "school.datasets.json"), sample.Replace("../.local/school.db", "school.db", StringComparison.Ordinal));
        var options = new AzuriteOptions { PackageFolder = repository.AzuritePackage, Location = Path.Combine(folder, "azurite") };
        return new BenchStage(await AzuriteServer.StartAsync(options.OnFreePorts(), CancellationToken.None), folder);
    }

    public Task<HostProcess> StartHostAsync() => HostProcess.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = _azurite.ConnectionString,
        ["Exports:DatasetsFile"] = Path.Combine(_folder, "school.datasets.json"),
        ["EXPORTS_REQUEUE_SCHEDULE"] = "*/15 * * * * *",
    });

    public static int Number(string[] args, int fallback) =>
        args.Length > 0 && int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : fallback;

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
