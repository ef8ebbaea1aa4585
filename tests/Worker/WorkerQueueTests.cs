using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Worker;

/// <summary>Messages of the published app that are not as they should be.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerQueueTests(WorkerFixture worker)
{
    private readonly QueueServiceClient _queues = new(worker.Storage);

    [Theory]
    [InlineData(StorageNames.ExportQueue)]
    [InlineData(StorageNames.SliceQueue)]
    [InlineData(StorageNames.MaintenanceQueue)]
    [InlineData(StorageNames.NotificationQueue)]
    [InlineData(StorageNames.WebhookQueue)]
    public async Task Message_IsTriedFiveTimes_AndKeptForTheOperator_WhenItCannotBeRead(string queue)
    {
        var message = await SendAsync(queue, Encoding.UTF8.GetBytes("nothing of the app's"));

        await Waiting.UntilAsync(() => IsEmpty(queue) && !IsEmpty($"{queue}-poison"));
        await worker.Host.TickAsync("TakeUpPoison", TestContext.Current.CancellationToken);

        Assert.True(IsEmpty($"{queue}-poison"));
        var kept = await worker.Client.Http.GetStringAsync(
            new Uri("/api/v1/poison", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains(
            JsonNode.Parse(kept)!["items"]!.AsArray(),
            item => item!["queue"]!.GetValue<string>() == queue && item["body"]!.GetValue<string>() == "nothing of the app's");
        Assert.Equal(
            5, worker.Host.Logs.Count(log => log.Exception?.Contains($"The message {message} is not ", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task PoisonMessage_IsTakenUp_AndLeavesAFinishedJobAlone()
    {
        var id = await worker.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        await worker.Client.WaitUntilFinalAsync(id);

        await SendAsync(StorageNames.ExportPoisonQueue, new ExportMessage(Guid.Parse(id)).ToBinaryData().ToArray());

        await worker.Host.TickAsync("TakeUpPoison", TestContext.Current.CancellationToken);

        Assert.True(IsEmpty(StorageNames.ExportPoisonQueue));
        Assert.Equal("succeeded", ExportClient.StatusOf(await worker.Client.GetAsync(id)));
    }

    private async Task<string> SendAsync(string queue, byte[] body) =>
        (await _queues.GetQueueClient(queue).SendMessageAsync(Convert.ToBase64String(body))).Value.MessageId;

    private bool IsEmpty(string queue) => _queues.GetQueueClient(queue).GetProperties().Value.ApproximateMessagesCount == 0;
}
