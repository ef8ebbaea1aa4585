using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions;
using ExportFunctions.Monitoring;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Monitoring;

/// <summary>Monitoring on real storage, on a clock of the test: 1 September 2026, noon.</summary>
internal sealed class MetricsWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private MetricsWorld(ServiceProvider services, FakeTimeProvider time)
    {
        _services = services;
        Time = time;
    }

    public static DateOnly Today { get; } = new(2026, 9, 1);

    public FakeTimeProvider Time { get; }

    public IRecordFiles Files => Get<IRecordFiles>();

    public static async Task<MetricsWorld> StartAsync(string storage)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", storage)]).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddExportFunctions(configuration);
        services.AddSingleton<TimeProvider>(time);
        var world = new MetricsWorld(services.BuildServiceProvider(), time);
        await new StorageSetup(
            world.Get<StorageAccount>(), world.Get<StorageClock>(), TimeProvider.System, NullLogger<StorageSetup>.Instance)
            .StartingAsync(CancellationToken.None);
        return world;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static AttemptRecord Attempt(DateOnly day, Func<AttemptRecord, AttemptRecord>? change = null)
    {
        var record = new AttemptRecord
        {
            ExportId = Guid.CreateVersion7(),
            Attempt = 1,
            Dataset = "students",
            Format = "csv",
            Outcome = AttemptOutcome.Succeeded,
            StartedAt = day.ToDateTime(new TimeOnly(8, 0), DateTimeKind.Utc),
            EndedAt = day.ToDateTime(new TimeOnly(8, 0, 2), DateTimeKind.Utc),
            Rows = 1000,
            Bytes = 5000,
            DurationSeconds = 2,
            RowsPerSecond = 500,
            Host = "worker-1",
        };
        return change is null ? record : change(record);
    }

    /// <summary>Adds records as they stand, in one call, to a part of their day.</summary>
    public async Task AddAsync(IReadOnlyCollection<AttemptRecord> records, int part = 1)
    {
        var name = RecordFiles.NameOf(DateOnly.FromDateTime(records.First().EndedAt), part);
        var at = (await Files.FindEndAsync(name, CancellationToken.None))?.Bytes ?? 0;
        var lines = records.SelectMany(
            record => (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(record, MonitoringJson.Default.AttemptRecord), (byte)'\n']).ToArray();
        Assert.NotNull(await Files.TryAppendAsync(name, lines, at, CancellationToken.None));
    }

    public Task AddAsync(DateOnly day, params Func<AttemptRecord, AttemptRecord>[] changes) =>
        AddAsync([.. changes.Select(change => Attempt(day, change))]);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
