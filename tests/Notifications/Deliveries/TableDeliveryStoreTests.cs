using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Notifications.Deliveries;

/// <summary>Deliveries on a real table, and their messages in a real queue.</summary>
[Integration]
public sealed class TableDeliveryStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageAccount _account = StorageAccount.Create(
        new ConfigurationBuilder().AddInMemoryCollection([new(StorageAccount.Setting, azurite.NewAccount())]).Build());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await new StorageSetup(
            _account, new StorageClock(TimeProvider.System), TimeProvider.System, NullLogger<StorageSetup>.Instance).StartingAsync(Cancel);

    [Fact]
    public async Task Claim_IsKept_AndItsAgeIsTheStoragesOwn()
    {
        var store = new TableDeliveryStore(_account);
        var claim = Guid.CreateVersion7();
        var delivery = Delivery();
        await store.TryAddAsync(delivery, Cancel);
        var added = await store.FindAsync(delivery.Id, Cancel);

        var claimed = await store.TryUpdateAsync(added! with { Claim = claim }, Cancel);
        await Waiting.UntilAsync(async () => (await store.FindAsync(delivery.Id, Cancel))!.Age > TimeSpan.FromSeconds(1), Cancel);
        var found = await store.FindAsync(delivery.Id, Cancel);

        Assert.Null(added!.Claim);
        Assert.Equal((claim, claimed!.ETag), (found!.Claim!.Value, found.ETag));
        Assert.InRange(found.Age, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.True(DeliveryClaims.IsHeld(found, TimeSpan.FromMinutes(10)));
        Assert.Null(await store.TryUpdateAsync(added with { Claim = Guid.CreateVersion7() }, Cancel));
    }

    [Fact]
    public async Task Message_NeverExpires()
    {
        await new DeliveryQueue(_account).SendAsync(
            NotificationChannel.Email, new DeliveryMessage(Guid.CreateVersion7(), Attempts: 2), TimeSpan.Zero, Cancel);

        var message = (await _account.Queues.GetQueueClient(StorageNames.NotificationQueue).ReceiveMessageAsync(cancellationToken: Cancel))
            .Value;

        Assert.Equal(2, DeliveryMessage.TryParse(message.Body)!.Attempts);
        Assert.Equal(9999, message.ExpiresOn!.Value.Year);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Delivery Delivery() => new()
    {
        Id = Guid.CreateVersion7(),
        Event = NotificationEvent.ExportSucceeded,
        To = "registrar@example.org",
        State = DeliveryState.Pending,
        Values = new Dictionary<string, string>(StringComparer.Ordinal),
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
