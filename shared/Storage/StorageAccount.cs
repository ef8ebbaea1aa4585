using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Storage;

/// <summary>
/// The clients of the one storage account, from <c>AzureWebJobsStorage</c>: a connection string, or the identity-based form
/// (<c>AzureWebJobsStorage__accountName</c>, or <c>__blobServiceUri</c>, <c>__queueServiceUri</c> and <c>__tableServiceUri</c>), signed in
/// as
/// <see cref="StorageCredential"/> says.
/// </summary>
public sealed class StorageAccount
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "AzureWebJobsStorage";

    // Messages and records are small: the clients' 100 seconds, four times over, would hold a caller for minutes.
    private static readonly TimeSpan SmallCall = TimeSpan.FromSeconds(15);

    internal StorageAccount(
        BlobServiceClient blobs, QueueServiceClient queues, TableServiceClient tables, QueueServiceClient? textQueues = null)
    {
        Blobs = blobs;
        Queues = queues;
        TextQueues = textQueues ?? queues;
        Tables = tables;
    }

    /// <summary>Blobs.</summary>
    public BlobServiceClient Blobs { get; }

    /// <summary>Queues; messages are Base64, as host.json's <c>messageEncoding</c> says.</summary>
    public QueueServiceClient Queues { get; }

    /// <summary>The same queues with messages as they are, for those that are not Base64.</summary>
    internal QueueServiceClient TextQueues { get; }

    /// <summary>Tables.</summary>
    public TableServiceClient Tables { get; }

    /// <summary>Makes the clients; nothing is sent yet.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="clock">Takes note of what time the answers tell; null when nobody asks.</param>
    /// <param name="outages">Watches whether there are answers; null when nobody asks.</param>
    /// <exception cref="InvalidOperationException">The setting is missing or isn't a connection.</exception>
    public static StorageAccount Create(IConfiguration configuration, StorageClock? clock = null, StorageOutages? outages = null)
    {
        var blobOptions = new BlobClientOptions();
        var queueOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Retry = { NetworkTimeout = SmallCall } };
        var textOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None, Retry = { NetworkTimeout = SmallCall } };
        var tableOptions = new TableClientOptions { Retry = { NetworkTimeout = SmallCall } };
        foreach (var options in new Azure.Core.ClientOptions[] { blobOptions, queueOptions, textOptions, tableOptions })
        {
            if (clock is not null)
                options.AddPolicy(clock.Policy, Azure.Core.HttpPipelinePosition.PerRetry);
            if (outages is not null)
                options.AddPolicy(outages.Policy, Azure.Core.HttpPipelinePosition.PerRetry);
        }

        if (configuration[Setting] is { Length: > 0 } connectionString)
            return FromConnectionString(connectionString, blobOptions, queueOptions, textOptions, tableOptions);

        var section = configuration.GetSection(Setting);
        var credential = new BoundedCredential(StorageCredential.Create(section), TimeProvider.System, outages);
        return new StorageAccount(
            new BlobServiceClient(ServiceUri(section, "blob"), credential, blobOptions),
            new QueueServiceClient(ServiceUri(section, "queue"), credential, queueOptions),
            new TableServiceClient(ServiceUri(section, "table"), credential, tableOptions),
            new QueueServiceClient(ServiceUri(section, "queue"), credential, textOptions));
    }

    private static StorageAccount FromConnectionString(
        string connectionString,
        BlobClientOptions blobOptions,
        QueueClientOptions queueOptions,
        QueueClientOptions textOptions,
        TableClientOptions tableOptions)
    {
        try
        {
            return new StorageAccount(
                new BlobServiceClient(connectionString, blobOptions),
                new QueueServiceClient(connectionString, queueOptions),
                new TableServiceClient(connectionString, tableOptions),
                new QueueServiceClient(connectionString, textOptions));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException(
                $"The setting {Setting} is not a storage connection string. Use \"UseDevelopmentStorage=true\" for Azurite.", exception);
        }
    }

    private static Uri ServiceUri(IConfiguration section, string service)
    {
        if (section[$"{service}ServiceUri"] is { Length: > 0 } uri)
            return new Uri(uri);
        if (section["accountName"] is { Length: > 0 } account)
            return new Uri($"https://{account}.{service}.core.windows.net");

        throw new InvalidOperationException(
            $"The setting {Setting} is missing. Set it to a connection string, or set {Setting}__accountName to use the app's managed"
                + " identity.");
    }
}
