using Azure.Storage.Queues.Models;
using Microsoft.Azure.WebJobs;

namespace ExportFunctions.Local.Queues;

/// <summary>
/// What WebJobs calls with a queue's messages. It finds functions by attributes that say a queue's name; this one stands for any function,
/// in a job host of its own whose settings say which queue.
/// </summary>
/// <param name="run">Runs the function.</param>
internal sealed class QueueTarget(Func<QueueMessage, Task> run)
{
    /// <summary>The setting with the queue's name.</summary>
    public const string QueueSetting = "queue";

    // Without WebJobs' token, which is canceled as soon as the host stops: running functions have a grace period.
    public Task RunAsync([QueueTrigger($"%{QueueSetting}%")] QueueMessage message) => run(message);

    /// <summary>Says where WebJobs finds functions: here.</summary>
    public sealed class Locator : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [typeof(QueueTarget)];
    }
}
