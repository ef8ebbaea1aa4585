using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using Microsoft.Azure.WebJobs.Host;

namespace ExportFunctions.Local.Queues;

/// <summary>host.json's <c>extensions.queues</c>; null stands for WebJobs' own default, as on Azure.</summary>
internal sealed record QueueSettings
{
    private const string Section = "extensions:queues";

    /// <summary>The batch size, 1 to 32 messages.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The next batch is fetched when this many or fewer messages are still being processed.</summary>
    public int? NewBatchThreshold { get; init; }

    /// <summary>Attempts before a message goes to the poison queue.</summary>
    public int? MaxDequeueCount { get; init; }

    /// <summary>How long a failed message stays hidden before the next attempt.</summary>
    public TimeSpan? VisibilityTimeout { get; init; }

    /// <summary>The longest pause between two polls of an empty queue; the shortest is 100 ms.</summary>
    public TimeSpan? MaxPollingInterval { get; init; }

    /// <summary>The encoding of messages; it must match the sender's.</summary>
    public QueueMessageEncoding? MessageEncoding { get; init; }

    /// <summary>Reads the section.</summary>
    /// <param name="file">host.json.</param>
    /// <exception cref="StartFailedException">A value is invalid.</exception>
    public static QueueSettings Read(HostJson file) => new()
    {
        BatchSize = file.Number($"{Section}:batchSize", 1, 32),
        NewBatchThreshold = file.Number($"{Section}:newBatchThreshold", 0, 1000),
        MaxDequeueCount = file.Number($"{Section}:maxDequeueCount", 1, 1000),
        VisibilityTimeout = file.Duration($"{Section}:visibilityTimeout", TimeSpan.Zero, TimeSpan.FromDays(7), "such as 00:00:15"),
        MaxPollingInterval = file.Duration(
            $"{Section}:maxPollingInterval", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1), "such as 00:00:02"),
        MessageEncoding = file.Text($"{Section}:messageEncoding") switch
        {
            null => null,
            "base64" => QueueMessageEncoding.Base64,
            "none" => QueueMessageEncoding.None,
            var other => throw file.Wrong($"{Section}:messageEncoding", other, "must be 'base64' or 'none'"),
        },
    };

    /// <summary>Applies the settings to WebJobs' options.</summary>
    /// <param name="options">WebJobs' options.</param>
    public void Apply(QueuesOptions options)
    {
        options.BatchSize = BatchSize ?? options.BatchSize;
        options.MaxDequeueCount = MaxDequeueCount ?? options.MaxDequeueCount;
        options.VisibilityTimeout = VisibilityTimeout ?? options.VisibilityTimeout;
        options.MaxPollingInterval = MaxPollingInterval ?? options.MaxPollingInterval;
        options.MessageEncoding = MessageEncoding ?? options.MessageEncoding;
        // If not set, it follows the batch size.
        if (NewBatchThreshold is { } threshold)
            options.NewBatchThreshold = threshold;
    }
}
