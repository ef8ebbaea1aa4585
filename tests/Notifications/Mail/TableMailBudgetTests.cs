using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Notifications.Mail;

[Integration]
public sealed class TableMailBudgetTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly StorageAccount _account = StorageAccount.Create(
        new ConfigurationBuilder().AddInMemoryCollection([new(StorageAccount.Setting, azurite.NewAccount())]).Build());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await new StorageSetup(
            _account, new StorageClock(TimeProvider.System), TimeProvider.System, NullLogger<StorageSetup>.Instance).StartingAsync(Cancel);

    [Fact]
    public async Task Take_GivesEachHourItsMails_HoweverManyHostsAsk()
    {
        TableMailBudget[] hosts = [Budget(4), Budget(4)];

        var slots = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => hosts[i % 2].TakeAsync(Cancel)));

        DateTimeOffset[] expected =
        [
            Now, Now, Now, Now,
            Now.AddMinutes(30), Now.AddMinutes(45), Now.AddMinutes(60), Now.AddMinutes(75),
            Now.AddMinutes(90), Now.AddMinutes(105),
        ];
        Assert.Equal(expected, slots.Select(slot => slot!.Value).Order());
    }

    [Fact]
    public async Task Backlog_AsksForAPause_OnceAMailWouldWaitOverAnHour()
    {
        var budget = Budget(2);
        var options = new NotificationOptions { EmailEnabled = true };
        var backlog = new MailBacklog(budget, Options.Create(options), _time);
        var pauses = new List<TimeSpan?>();
        for (var taken = 0; taken <= 5; taken++)
        {
            pauses.Add(await backlog.FindPauseAsync(Cancel));
            await budget.TakeAsync(Cancel);
        }

        // At half past eight: two go now, two at nine and half past, the next at ten and half past.
        Assert.Equal([null, null, null, null, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60)], pauses);
        options.EmailEnabled = false;
        Assert.Null(await backlog.FindPauseAsync(Cancel));
    }

    [Fact]
    public async Task Take_BeginsAnew_WhenTheHourIsOver()
    {
        var budget = Budget(1);
        await budget.TakeAsync(Cancel);
        _time.Advance(TimeSpan.FromHours(3));

        Assert.Equal(Now.AddHours(3), await budget.TakeAsync(Cancel));
    }

    [Fact]
    public async Task Take_GivesNone_WhenMoreWaitThanGoInADay()
    {
        var budget = Budget(1);
        for (var i = 0; i < 25; i++)
            Assert.NotNull(await budget.TakeAsync(Cancel));

        Assert.Null(await budget.TakeAsync(Cancel));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TableMailBudget Budget(int max) => new(_account, Options.Create(new NotificationOptions { MaxMailsPerHour = max }), _time);
}
