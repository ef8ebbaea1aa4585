using ExportFunctions.Functions;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExportFunctions.Tests.Schedules;

/// <summary>The app's services on real storage, on a clock of the test, without a host: nothing happens by itself.</summary>
internal sealed class TableWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TableWorld(ServiceProvider services) => _services = services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<int> TickAsync() => Get<ScheduleTick>().RunAsync(CancellationToken.None);

    public static async Task<TableWorld> StartAsync(string storage, string datasetsFile, TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(TestApp.Settings(storage, datasetsFile)).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddExportFunctions(configuration);
        services.AddSingleton(time);
        var world = new TableWorld(services.BuildServiceProvider());
        foreach (var step in world._services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await step.StartingAsync(CancellationToken.None);
        return world;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
