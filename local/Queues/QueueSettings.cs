using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using Microsoft.Azure.WebJobs.Host;

namespace ExportFunctions.Local.Queues;

/// <summary>host.json's <c>extensions.queues</c>; null is WebJobs' own default, as on Azure.</summary>
internal sealed record QueueSettings
{
    private const string Section = "extensions:queues";

    /// <summary>Messages taken at once, 1 to 32.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The next batch is taken when this many or fewer still run.</summary>
    public int? NewBatchThreshold { get; init; }

    /// <summary>Attempts before a message goes to the poison queue.</summary>
    public int? MaxDequeueCount { get; init; }

    /// <summary>How long a failed message stays hidden before the next attempt.</summary>
    public TimeSpan? VisibilityTimeout { get; init; }

    /// <summary>The longest wait between two looks at an empty queue; the first is 100 ms.</summary>
    public TimeSpan? MaxPollingInterval { get; init; }

    /// <summary>How messages are encoded; the sender must agree.</summary>
    public QueueMessageEncoding? MessageEncoding { get; init; }

    /// <summary>Reads the section.</summary>
    /// <param name="file">host.json.</param>
    /// <exception cref="StartFailedException">A value can't be used.</exception>
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

    /// <summary>Tells WebJobs what host.json says.</summary>
    /// <param name="options">WebJobs' options.</param>
    public void Apply(QueuesOptions options)
    {
        options.BatchSize = BatchSize ?? options.BatchSize;
        options.MaxDequeueCount = MaxDequeueCount ?? options.MaxDequeueCount;
        options.VisibilityTimeout = VisibilityTimeout ?? options.VisibilityTimeout;
        options.MaxPollingInterval = MaxPollingInterval ?? options.MaxPollingInterval;
        options.MessageEncoding = MessageEncoding ?? options.MessageEncoding;
        // Left alone it follows the batch size.
        if (NewBatchThreshold is { } threshold)
            options.NewBatchThreshold = threshold;
    }
}
