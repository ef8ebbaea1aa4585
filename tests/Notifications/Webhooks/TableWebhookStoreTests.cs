using Azure.Data.Tables;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Records;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Notifications.Webhooks;

/// <summary>Webhooks on a real table.</summary>
[Integration]
public sealed class TableWebhookStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly StorageAccount _account = StorageAccount.Create(
        new ConfigurationBuilder().AddInMemoryCollection([new(StorageAccount.Setting, azurite.NewAccount())]).Build());

    private TableWebhookStore Store => new(_account);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await new StorageSetup(
            _account, new StorageClock(TimeProvider.System), TimeProvider.System, NullLogger<StorageSetup>.Instance).StartingAsync(Cancel);

    [Fact]
    public async Task OldSecrets_AreReadAsTheyWereWritten()
    {
        var webhook = Webhook() with { OldSecrets = [new OldSecret("two", Now.AddDays(1)), new OldSecret("one", Now.AddHours(1))] };

        await Store.TryAddAsync(webhook, 100, Cancel);
        var found = await Store.FindAsync(webhook.Id, Cancel);

        Assert.Equal(webhook.OldSecrets, found!.OldSecrets);
        Assert.Equal(Now.AddDays(1), found.OldSecretUntil);
    }

    [Fact]
    public async Task OldSecret_IsRead_WhereAnEarlierVersionKeptOne()
    {
        var webhook = Webhook();
        await Store.TryAddAsync(webhook, 100, Cancel);
        var table = _account.Tables.GetTableClient(StorageNames.WebhooksTable);
        var entity =
            (await table.GetEntityAsync<TableEntity>("webhooks", "webhook-" + NewestFirstKey.Of(webhook.Id).Row, cancellationToken: Cancel))
            .Value;
        entity["closedOldSecret"] = "old";
        entity["oldSecretUntil"] = "2026-09-02T08:00:00.0000000Z";
        await table.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, Cancel);

        var found = await Store.FindAsync(webhook.Id, Cancel);

        Assert.Equal([new OldSecret("old", Now.AddDays(1))], found!.OldSecrets);
    }

    [Fact]
    public async Task Hold_EndsByItself_AndGoesWithItsWebhook()
    {
        var webhook = (await Store.TryAddAsync(Webhook(), 100, Cancel))!;

        var none = await Store.FindHoldAsync(webhook.Id, Cancel);
        await Store.HoldAsync(webhook.Id, TimeSpan.FromHours(1), Cancel);
        var held = await Store.FindHoldAsync(webhook.Id, Cancel);
        await Store.HoldAsync(webhook.Id, TimeSpan.FromMilliseconds(1), Cancel);
        await Waiting.UntilAsync(async () => await Store.FindHoldAsync(webhook.Id, Cancel) == TimeSpan.Zero, Cancel);
        await Store.HoldAsync(webhook.Id, TimeSpan.FromHours(1), Cancel);
        var listed = await Store.ListAsync(Cancel);
        await Store.TryDeleteAsync(webhook, Cancel);

        Assert.Equal(TimeSpan.Zero, none);
        Assert.InRange(held, TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));
        Assert.Single(listed);
        Assert.Equal(TimeSpan.Zero, await Store.FindHoldAsync(webhook.Id, Cancel));
    }

    [Fact]
    public async Task TryAdd_HoldsTheLimit_WhenManyAreAddedAtOnce()
    {
        // Two stores stand for two hosts.
        TableWebhookStore[] hosts = [Store, Store];

        var added = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => hosts[i % 2].TryAddAsync(Webhook(), 10, Cancel)));

        Assert.Equal(10, added.Count(webhook => webhook is not null));
        Assert.Equal(10, (await Store.ListAsync(Cancel)).Count);
        Assert.All(added.OfType<Webhook>(), webhook => Assert.NotEqual(default, webhook.ETag));
        Assert.True(await Store.TryDeleteAsync(added.OfType<Webhook>().First(), Cancel));
        Assert.NotNull(await Store.TryAddAsync(Webhook(), 10, Cancel));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Webhook Webhook() => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "Registrar",
        Kind = WebhookKind.Standard,
        ShownUrl = "https://hooks.example.org/",
        EncryptedUrl = "closed",
        EncryptedSecret = "three",
        CreatedAt = Now,
        UpdatedAt = Now,
    };
}
