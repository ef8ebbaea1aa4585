using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Subscriptions;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Monitoring;

namespace ExportFunctions.Tests.Notifications.Subscriptions;

[Integration]
public sealed class SubscriptionsTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("", "", "", NotificationEvent.ExportFailed, "grades", "pdf", true)]
    [InlineData("export.failed", "", "", NotificationEvent.ExportFailed, "grades", "pdf", true)]
    [InlineData("export.failed", "", "", NotificationEvent.ExportSucceeded, "grades", "pdf", false)]
    [InlineData("", "grades", "", NotificationEvent.ExportSucceeded, "grades", "pdf", true)]
    [InlineData("", "grades", "", NotificationEvent.ExportSucceeded, "students", "pdf", false)]
    [InlineData("", "grades", "csv", NotificationEvent.ExportSucceeded, "grades", "pdf", false)]
    [InlineData("", "grades", "csv", NotificationEvent.ReportWeekly, null, null, true)]
    internal async Task Find_GoesByTheFilter(
        string events, string datasets, string formats, NotificationEvent happened, string? dataset, string? format, bool isTold)
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var subscriptions = world.Get<SubscriptionRegistry>();
        var filter = new SubscriptionFilter { Events = Names(events), Datasets = Names(datasets), Formats = Names(formats) };
        await subscriptions.CreateAsync(new SubscriptionRequest("x", ["a@example.org"], filter, Enabled: true), CancellationToken.None);

        var receivers = await subscriptions.FindAsync(new Happening(happened, dataset, format), CancellationToken.None);

        Assert.Equal(isTold ? [Receiver.Mail("a@example.org")] : [], receivers);
    }

    [Fact]
    public async Task Change_TakesEffectAtOnce_AndElsewhereWithinHalfAMinute()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var (here, store) = (world.Get<SubscriptionRegistry>(), world.Get<ISubscriptionStore>());
        var elsewhere = new SubscriptionRegistry(store, world.Time);
        var made = (await here.CreateAsync(Request("a@example.org"), CancellationToken.None))!;
        Assert.Equal("a@example.org", Assert.Single(await ToldAsync(elsewhere)));

        var (changed, _) = await here.ReplaceAsync(made, Request("b@example.org"), CancellationToken.None);
        var atOnce = await ToldAsync(here);
        var before = await ToldAsync(elsewhere);
        world.Time.Advance(TimeSpan.FromSeconds(31));
        var after = await ToldAsync(elsewhere);

        Assert.Equal((made.Id, made.CreatedAt), (changed!.Id, changed.CreatedAt));
        Assert.Equal(["b@example.org"], atOnce);
        Assert.Equal(["a@example.org"], before);
        Assert.Equal(["b@example.org"], after);
        Assert.Equal((null, true), await here.ReplaceAsync(made, Request("c@example.org"), CancellationToken.None));
        Assert.False(await here.DeleteAsync(made, CancellationToken.None));
        Assert.True(await here.DeleteAsync(changed, CancellationToken.None));
        Assert.Empty(await ToldAsync(here));
        Assert.False(await here.DeleteAsync(changed, CancellationToken.None));
        Assert.Equal((null, true), await here.ReplaceAsync(changed, Request("c@example.org"), CancellationToken.None));
    }

    [Fact]
    public async Task Change_TakesEffectAtOnce_AlsoBesideAReadingThatBeganBefore()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var store = new HeldStore(world.Get<ISubscriptionStore>());
        var here = new SubscriptionRegistry(store, world.Time);
        var begun = ToldAsync(here);
        await store.Read;

        await here.CreateAsync(Request("a@example.org"), CancellationToken.None);
        store.Release();
        await begun;

        Assert.Equal(["a@example.org"], await ToldAsync(here));
    }

    [Fact]
    public async Task Find_TellsNobody_WhileItIsDisabled()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var subscriptions = world.Get<SubscriptionRegistry>();
        await subscriptions.CreateAsync(Request("a@example.org") with { Enabled = false }, CancellationToken.None);

        Assert.Empty(await ToldAsync(subscriptions));
        Assert.Single(await world.Get<ISubscriptionStore>().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Addresses_KeepTheirLimit_WhenManySubscribeAtOnce()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var subscriptions = world.Get<SubscriptionRegistry>();

        var made = await Task.WhenAll(
            Enumerable.Range(0, 15).Select(i => subscriptions.CreateAsync(Request(i, 20), CancellationToken.None)));
        var known = await subscriptions.CreateAsync(Request(Made(made).First().To[0]), CancellationToken.None);
        var (grown, hasRoom) = await subscriptions.ReplaceAsync(known!, Request(99, 1), CancellationToken.None);

        Assert.Equal(10, Made(made).Count());
        Assert.Equal(200, (await ToldAsync(subscriptions)).Distinct().Count());
        Assert.Equal((null, false), (grown, hasRoom));

        static IEnumerable<Subscription> Made(Subscription?[] made) => made.OfType<Subscription>();
    }

    private static SubscriptionRequest Request(int number, int addresses) =>
        new("x", [.. Enumerable.Range(0, addresses).Select(i => $"a{number}-{i}@example.org")], SubscriptionFilter.All, Enabled: true);

    private static SubscriptionRequest Request(string to) => new("x", [to], SubscriptionFilter.All, Enabled: true);

    private static string[] Names(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<IEnumerable<string>> ToldAsync(SubscriptionRegistry subscriptions) =>
        (await subscriptions.FindAsync(new Happening(NotificationEvent.ExportFailed, "grades", "pdf"), CancellationToken.None)).Select(
            receiver => receiver.To);

    /// <summary>Gives the first list that it reads only when it is told to.</summary>
    private sealed class HeldStore(ISubscriptionStore store) : ISubscriptionStore
    {
        private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Read => _read.Task;

        public void Release() => _released.SetResult();

        public async Task<RecordList<Subscription>> ListAsync(CancellationToken cancellationToken)
        {
            var list = await store.ListAsync(cancellationToken);
            _read.TrySetResult();
            await _released.Task;
            return list;
        }

        public Task<Subscription?> TryAddAsync(
            Subscription subscription, Func<RecordList<Subscription>, bool> hasRoom, CancellationToken cancellationToken) =>
            store.TryAddAsync(subscription, hasRoom, cancellationToken);

        public Task<(Subscription? Subscription, bool HasRoom)> TryUpdateAsync(
            Subscription subscription, Func<RecordList<Subscription>, bool> hasRoom, CancellationToken cancellationToken) =>
            store.TryUpdateAsync(subscription, hasRoom, cancellationToken);

        public Task<Subscription?> FindAsync(Guid id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

        public Task<bool> TryDeleteAsync(Subscription subscription, CancellationToken cancellationToken) =>
            store.TryDeleteAsync(subscription, cancellationToken);

        public Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken) =>
            store.DeleteUnreadableAsync(id, cancellationToken);
    }
}
