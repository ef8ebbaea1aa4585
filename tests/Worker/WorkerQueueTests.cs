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
    private readonly QueueServiceClient _queues = new(worker.Storage);

    [Theory]
    [InlineData(StorageNames.ExportQueue)]
    [InlineData(StorageNames.SliceQueue)]
    [InlineData(StorageNames.MaintenanceQueue)]
    [InlineData(StorageNames.NotificationQueue)]
    [InlineData(StorageNames.WebhookQueue)]
    public async Task Message_IsTriedFiveTimes_AndDroppedFromThePoisonQueue_WhenItCannotBeRead(string queue)
    {
        var message = await SendAsync(queue, Encoding.UTF8.GetBytes("nothing of the app's"));

        await Waiting.UntilAsync(() => IsEmpty(queue) && IsEmpty($"{queue}-poison"));

        await Waiting.UntilAsync(() => worker.Host.Logs.Any(log => log.Message.Contains("is dropped", StringComparison.Ordinal)));
        Assert.Equal(
            5, worker.Host.Logs.Count(log => log.Exception?.Contains($"The message {message} is not ", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task PoisonMessage_IsTakenUp_AndLeavesAFinishedJobAlone()
    {
        var id = await worker.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        await worker.Client.WaitUntilFinalAsync(id);

        await SendAsync(StorageNames.ExportPoisonQueue, new ExportMessage(Guid.Parse(id)).ToBinaryData().ToArray());

        await Waiting.UntilAsync(() => IsEmpty(StorageNames.ExportPoisonQueue));
        Assert.Equal("succeeded", ExportClient.StatusOf(await worker.Client.GetAsync(id)));
    }

    private async Task<string> SendAsync(string queue, byte[] body) =>
        (await _queues.GetQueueClient(queue).SendMessageAsync(Convert.ToBase64String(body))).Value.MessageId;

    private bool IsEmpty(string queue) => _queues.GetQueueClient(queue).GetProperties().Value.ApproximateMessagesCount == 0;
}
