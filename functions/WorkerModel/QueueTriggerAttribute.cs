namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the message parameter of a queue function.</summary>
/// <param name="queueName">The queue's name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    /// <summary>The queue's name.</summary>
    public string QueueName { get; } = queueName;

    /// <summary>The setting that holds the connection; the host's own storage when null.</summary>
    public string? Connection { get; set; }
}
