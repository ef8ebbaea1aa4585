using Azure.Storage.Queues.Models;
using Microsoft.Azure.WebJobs;

namespace ExportFunctions.Local.Queues;

/// <summary>
/// The method that WebJobs calls with a queue's messages. It finds functions by attributes that name a queue; this one stands for any
/// function, in a job host of its own whose settings name the queue.
/// </summary>
/// <param name="run">Runs the function.</param>
internal sealed class QueueTarget(Func<QueueMessage, Task> run)
{
    /// <summary>The setting with the queue's name.</summary>
    public const string QueueSetting = "queue";

    // WebJobs' token is not passed on: it is canceled as soon as the host stops, but running functions have a grace period.
    public Task RunAsync([QueueTrigger($"%{QueueSetting}%")] QueueMessage message) => run(message);

    /// <summary>Points WebJobs to this type for functions.</summary>
    public sealed class Locator : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [typeof(QueueTarget)];
    }
}
