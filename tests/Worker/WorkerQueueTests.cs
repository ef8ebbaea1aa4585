using System.Diagnostics;
using System.Text;
using Azure.Storage.Queues;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Worker;

/// <summary>Messages of the published app that are not as they should be.</summary>
[Collection(WorkerTests.Name)]
public sealed class WorkerQueueTests(WorkerFixture worker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly QueueServiceClient _queues = new(worker.Storage);

    [Fact]
    public async Task Message_IsTriedAndDropped_WhenItCannotBeRead()
    {
        var message = await SendAsync(StorageNames.ExportQueue, Encoding.UTF8.GetBytes("not an export"));

        await WaitUntilAsync(() => worker.Host.Logs.Any(log => log.Message.Contains("is not an export message; it is dropped", StringComparison.Ordinal)));

        var failures = worker.Host.Logs.Count(log => log.Exception?.Contains($"The message {message} is not an export message", StringComparison.Ordinal) == true);
        Assert.Equal(5, failures);
        await WaitUntilAsync(() => IsEmpty(StorageNames.ExportQueue) && IsEmpty(StorageNames.ExportPoisonQueue));
    }

    [Fact]
    public async Task PoisonMessage_IsTakenUp_AndLeavesAFinishedJobAlone()
    {
        var id = await worker.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        await worker.Client.WaitUntilFinalAsync(id);

        await SendAsync(StorageNames.ExportPoisonQueue, new ExportMessage(Guid.Parse(id)).ToBinaryData().ToArray());

        await WaitUntilAsync(() => IsEmpty(StorageNames.ExportPoisonQueue));
        Assert.Equal("succeeded", ExportClient.StatusOf(await worker.Client.GetAsync(id)));
    }

    private async Task<string> SendAsync(string queue, byte[] body) =>
        (await _queues.GetQueueClient(queue).SendMessageAsync(Convert.ToBase64String(body))).Value.MessageId;

    private bool IsEmpty(string queue) => _queues.GetQueueClient(queue).GetProperties().Value.ApproximateMessagesCount == 0;

    private static async Task WaitUntilAsync(Func<bool> isReached)
    {
        var waited = Stopwatch.StartNew();
        while (!isReached())
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException("Waited in vain.");

            await Task.Delay(50);
        }
    }
}
