using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Storage;

/// <summary>
/// The clients of the one storage account, from <c>AzureWebJobsStorage</c>: a connection string, or the identity-based form
/// (<c>AzureWebJobsStorage__accountName</c>, or <c>__blobServiceUri</c>, <c>__queueServiceUri</c> and <c>__tableServiceUri</c>), with the
/// credential from <see cref="StorageCredential"/>.
/// </summary>
public sealed class StorageAccount
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "AzureWebJobsStorage";

    // Messages and records are small: the clients' default of 100 seconds, times four attempts, would block a caller for minutes.
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

    /// <summary>Queues; messages are Base64, matching <c>messageEncoding</c> in host.json.</summary>
    public QueueServiceClient Queues { get; }

    /// <summary>The same queues without Base64 encoding, for messages that are plain text.</summary>
    internal QueueServiceClient TextQueues { get; }

    /// <summary>Tables.</summary>
    public TableServiceClient Tables { get; }

    /// <summary>Makes the clients; sends nothing yet.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="clock">Records the time that responses carry; null for none.</param>
    /// <param name="outages">Watches for outages; null for none.</param>
    /// <exception cref="InvalidOperationException">The setting is missing or isn't a valid connection.</exception>
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
