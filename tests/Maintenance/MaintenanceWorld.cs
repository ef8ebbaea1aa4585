using System.IO.Compression;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions;
using ExportFunctions.Maintenance.Restores;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Maintenance;

/// <summary>
/// Maintenance on a real storage account, with a clock that stands still. Any number of hosts share the account; each may be killed at
/// any call it makes.
/// </summary>
internal sealed class MaintenanceWorld : IAsyncDisposable
{
    private readonly List<ServiceProvider> _hosts = [];
    private readonly Dictionary<string, string?> _settings;
    private readonly string _connection;

    private MaintenanceWorld(string connection, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        _connection = connection;
        _settings = new(settings, StringComparer.Ordinal) { ["AzureWebJobsStorage"] = connection };
        Host = NewHost();
    }

    /// <summary>Starts at the real time: the storage account's own clock takes part.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>A host that is never killed.</summary>
    public ServiceProvider Host { get; }

    public IExportJobStore Jobs => Host.GetRequiredService<IExportJobStore>();

    public CleanupRuns Cleanups => Host.GetRequiredService<CleanupRuns>();

    public FileRestores Restores => Host.GetRequiredService<FileRestores>();

    public BlobContainerClient Files => Host.GetRequiredService<StorageAccount>().Blobs.GetBlobContainerClient(StorageNames.FilesContainer);

    public BlobContainerClient Archives =>
        Host.GetRequiredService<StorageAccount>().Blobs.GetBlobContainerClient(StorageNames.ArchiveContainer);

    public QueueClient Queue => Host.GetRequiredService<StorageAccount>().Queues.GetQueueClient(StorageNames.MaintenanceQueue);

    public static async Task<MaintenanceWorld> CreateAsync(string connection, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var world = new MaintenanceWorld(connection, settings);
        foreach (var step in world.Host.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Where(
            step => step.GetType().Namespace == typeof(StorageNames).Namespace))
            await step.StartingAsync(TestContext.Current.CancellationToken);
        return world;
    }

    /// <summary>A further host on the same account.</summary>
    public ServiceProvider NewHost(Fuse? fuse = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(_settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddExportFunctions(configuration);
        services.AddSingleton<TimeProvider>(Time);
        if (fuse is not null)
            services.AddSingleton(AccountThrough(new FusePolicy(fuse)));
        var host = services.BuildServiceProvider();
        _hosts.Add(host);
        return host;
    }

    /// <summary>A succeeded export of some days ago, with its file and manifest, through the app's own stores.</summary>
    public async Task<ExportJob> AddAsync(byte[] content, string fileName, double daysAgo, ExportStatus status = ExportStatus.Succeeded)
    {
        var created = Time.GetUtcNow().AddDays(-daysAgo);
        var job = new ExportJob
        {
            Id = Guid.CreateVersion7(created),
            Status = ExportStatus.Queued,
            Dataset = "numbers",
            Format = "csv",
            FileName = fileName,
            RequestJson = """{"dataset":"numbers"}""",
            CreatedAt = created,

            // Now: a host that runs beside would take its message for lost, and change it in between.
            EnqueuedAt = Time.GetUtcNow(),
            Attempt = 1,
        };
        await Jobs.TryCreateAsync(job, Cancel);
        var files = Host.GetRequiredService<IExportFileStore>();
        await using var upload = files.OpenUpload(job, "text/csv");
        await upload.Output.WriteAsync(content, Cancel);
        var published = await upload.FinishAsync(new FileContent(3, "schema", []), Cancel);
        Assert.True(await upload.TryPublishAsync(published, Cancel));
        await files.WriteManifestAsync(job, published, Cancel);

        var stored = await Jobs.FindAsync(job.Id, Cancel);
        var file = new ExportFile(fileName, published.ContentType, published.Bytes, published.Sha256, created.AddDays(30));
        var ended = await Jobs.TryUpdateAsync(
            stored! with { Status = status, FinishedAt = created, File = status == ExportStatus.Succeeded ? file : null, Attempt = 1 },
            Cancel);
        await Jobs.RemoveActiveAsync(job.Id, Cancel);
        return ended!;
    }

    public async Task<ExportJob> JobAsync(ExportJob job) =>
        await Jobs.FindAsync(job.Id, Cancel) ?? throw new InvalidOperationException("The job is gone.");

    /// <summary>A run from its start to its end, as the queue delivers it.</summary>
    public async Task<MaintenanceRun> CleanUpAsync()
    {
        var run = await Cleanups.StartAsync(byHand: true, Cancel);
        await DeliverAsync(Host);
        return await Host.GetRequiredService<MaintenanceRunStore>().FindAsync(
            run.Id, Cancel) ?? throw new InvalidOperationException("The run is gone.");
    }

    /// <summary>Delivers what waits in the queue to a host, as the queue's trigger does; a message that fails stays.</summary>
    public async Task DeliverAsync(ServiceProvider host, int most = 20)
    {
        for (; most > 0 && (await Queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1), Cancel)).Value is [var received]; most--)
        {
            var message = MaintenanceMessage.TryParse(received.Body)!;
            if (message.Work == MaintenanceWork.Cleanup)
                await host.GetRequiredService<CleanupRuns>().ContinueAsync(message.Id, Cancel);
            else
                await host.GetRequiredService<FileRestores>().ProcessAsync(message.Id, Cancel);
            await Queue.DeleteMessageAsync(received.MessageId, received.PopReceipt, Cancel);
        }
    }

    /// <summary>The names in a container.</summary>
    public static async Task<List<string>> NamesAsync(BlobContainerClient container)
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancel))
            names.Add(blob.Name);
        return names;
    }

    /// <summary>What an archive holds, by a reader that is not ours.</summary>
    public async Task<Dictionary<string, byte[]>> ReadArchiveAsync(string name)
    {
        var content = (await Archives.GetBlobClient(name).DownloadContentAsync(Cancel)).Value.Content;
        await using var zip = new ZipArchive(content.ToStream(), ZipArchiveMode.Read);
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using (var stream = await entry.OpenAsync(Cancel))
                await stream.CopyToAsync(bytes, Cancel);
            entries.Add(entry.FullName, bytes.ToArray());
        }

        return entries;
    }

    /// <summary>What is published of an export.</summary>
    public async Task<byte[]> ReadFileAsync(ExportJob job)
    {
        var name = $"{job.CreatedAt.UtcDateTime:yyyy'/'MM'/'dd}/{EntryOf(job)}";
        return (await Files.GetBlobClient(name).DownloadContentAsync(Cancel)).Value.Content.ToArray();
    }

    /// <summary>Lists a job as active, as accepting it does.</summary>
    public Task ListActiveAsync(Guid id) =>
        Host.GetRequiredService<StorageAccount>().Tables.GetTableClient(
            StorageNames.ActiveTable).UpsertEntityAsync(new TableEntity("active", id.ToString("N")), cancellationToken: Cancel);

    public static byte[] Rows(int rows, int seed)
    {
        var random = new Random(seed);
        return System.Text.Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, rows).Select(row => FormattableString.Invariant($"{row},{random.Next()},Αθήνα\r\n"))));
    }

    public static byte[] Noise(int bytes, int seed)
    {
        var noise = new byte[bytes];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    public static string DayOf(ExportJob job) =>
        job.CreatedAt.UtcDateTime.ToString("yyyy'/'MM'/'yyyy'-'MM'-'dd'.zip'", System.Globalization.CultureInfo.InvariantCulture);

    public static string EntryOf(ExportJob job) => job.Id.ToString("N") + Path.GetExtension(job.FileName);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StorageAccount AccountThrough(HttpPipelinePolicy policy)
    {
        var blobs = new BlobClientOptions();
        blobs.AddPolicy(policy, HttpPipelinePosition.PerCall);
        var queues = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        queues.AddPolicy(policy, HttpPipelinePosition.PerCall);
        var tables = new TableClientOptions();
        tables.AddPolicy(policy, HttpPipelinePosition.PerCall);
        return new StorageAccount(
            new BlobServiceClient(_connection, blobs),
            new QueueServiceClient(_connection, queues),
            new TableServiceClient(_connection, tables));
    }
}
