using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.TestHost.Queues;

/// <summary>host.json's <c>extensions:queues</c>, with the Functions host's own defaults.</summary>
internal sealed record QueueSettings
{
    /// <summary>How long a message stays hidden after it failed.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>How many messages are taken at a time.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>As soon as no more than this many are worked on, the next are taken.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>How often a message is tried.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How messages are encoded.</summary>
    public QueueMessageEncoding MessageEncoding { get; init; } = QueueMessageEncoding.Base64;

    public static QueueSettings Of(IConfiguration hostJson) =>
        hostJson.GetSection("extensions:queues").Get<QueueSettings>() ?? new QueueSettings();
}
