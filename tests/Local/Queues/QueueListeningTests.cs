using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Queues;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Integration.Chaos;
using ExportFunctions.Tests.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Local.Queues;

/// <summary>
/// Queues as host.json's settings make WebJobs serve them, on a real queue service. Waiting is on events and states, bounded only so that a
/// fault ends the test.
/// </summary>
[Integration]
public sealed class QueueListeningTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private readonly ListeningHosts _hosts = new(azurite.ConnectionString);
    private readonly string _name = AzuriteFixture.UniqueName("queue");

    private QueueSettings Settings { get; set; } = new()
    {
        BatchSize = 4,
        NewBatchThreshold = 2,
        MaxDequeueCount = 3,
        VisibilityTimeout = TimeSpan.Zero,
        MaxPollingInterval = TimeSpan.FromMilliseconds(200),
    };

    [Fact]
    public async Task Message_IsDeleted_WhenTheFunctionSucceeds()
    {
        var seen = new TaskCompletionSource<string>();
        await SendAsync("hello");

        await ListenAsync((message, _) => { seen.TrySetResult(message.Body.ToString()); return Task.CompletedTask; });
        var text = await seen.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken);
        await EventuallyEmptyAsync();

        Assert.Equal("hello", text);
    }

    [Fact]
    public async Task Message_IsTaken_WhenItsQueueIsMadeLater()
    {
        var seen = new TaskCompletionSource();

        await ListenAsync((_, _) => { seen.TrySetResult(); return Task.CompletedTask; });
        await SendAsync("first");

        await seen.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Message_IsTriedUntilItSucceeds_WhenTheFunctionFails()
    {
        var counts = new ConcurrentQueue<long>();
        await SendAsync("twice");

        await ListenAsync((message, _) =>
        {
            counts.Enqueue(message.DequeueCount);
            return message.DequeueCount < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        });
        await EventuallyEmptyAsync();

        Assert.Equal([1, 2, 3], counts);
        Assert.False(await Queue("-poison").ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Message_IsHiddenForTheVisibilityTimeout_WhenTheFunctionFails()
    {
        Settings = Settings with { VisibilityTimeout = TimeSpan.FromDays(1) };
        var failed = new TaskCompletionSource();
        await SendAsync("later");

        await ListenAsync((_, _) => { failed.TrySetResult(); throw new InvalidOperationException("not now"); });
        await failed.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken);
        await _hosts.StopAsync();

        Assert.Empty((await Queue().PeekMessagesAsync(32, TestContext.Current.CancellationToken)).Value);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Message_GoesToThePoisonQueue_WhenEveryAttemptFails()
    {
        var runs = 0;
        await SendAsync("never");

        await ListenAsync((_, _) => { Interlocked.Increment(ref runs); throw new InvalidOperationException("never"); });
        await EventuallyEmptyAsync();
        var poison = await Queue("-poison").PeekMessageAsync(TestContext.Current.CancellationToken);

        Assert.Equal("never", poison.Value.Body.ToString());
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task Message_GoesToThePoisonQueueWithoutARun_WhenHostsDiedOverIt()
    {
        await SendAsync("deadly");
        for (var host = 0; host < 3; host++)
        {
            QueueMessage taken = await Queue().ReceiveMessageAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await Queue().UpdateMessageAsync(
                taken.MessageId,
                taken.PopReceipt,
                visibilityTimeout: TimeSpan.Zero,
                cancellationToken: TestContext.Current.CancellationToken);
        }

        var runs = 0;
        await ListenAsync((_, _) => { Interlocked.Increment(ref runs); return Task.CompletedTask; });
        await EventuallyEmptyAsync();
        var poison = await Queue("-poison").PeekMessageAsync(TestContext.Current.CancellationToken);

        Assert.Equal("deadly", poison.Value.Body.ToString());
        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task Message_GoesToThePoisonQueueAndOthersAreTaken_WhenItCannotBeDecoded()
    {
        var handled = new TaskCompletionSource();
        var raw = new QueueClient(azurite.ConnectionString, _name);
        await raw.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await raw.SendMessageAsync("{ not base64 }", TestContext.Current.CancellationToken);
        await SendAsync("good");

        await ListenAsync((_, _) => { handled.TrySetResult(); return Task.CompletedTask; });
        await handled.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken);
        await EventuallyEmptyAsync();
        var poison = await new QueueClient(azurite.ConnectionString, $"{_name}-poison")
            .PeekMessageAsync(TestContext.Current.CancellationToken);

        Assert.Equal("{ not base64 }", poison.Value.Body.ToString());
    }

    [Fact]
    public async Task Message_IsTakenAsItIs_WithoutAnEncoding()
    {
        Settings = Settings with { MessageEncoding = QueueMessageEncoding.None };
        var seen = new TaskCompletionSource<string>();
        var raw = new QueueClient(azurite.ConnectionString, _name);
        await raw.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await raw.SendMessageAsync("plain", TestContext.Current.CancellationToken);

        await ListenAsync((message, _) => { seen.TrySetResult(message.Body.ToString()); return Task.CompletedTask; });

        Assert.Equal("plain", await seen.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Message_StaysHidden_WhenAPoisonQueuesFunctionFails()
    {
        var poison = $"{_name}-poison";
        var failed = new TaskCompletionSource();
        await SendAsync("bad", "-poison");

        await _hosts.ListenAsync(
            poison, Settings, (_, _) => { failed.TrySetResult(); throw new InvalidOperationException("not even here"); });
        await failed.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken);
        await _hosts.StopAsync();

        Assert.Empty((await Queue("-poison").PeekMessagesAsync(32, TestContext.Current.CancellationToken)).Value);
        Assert.False(await Queue("-poison-poison").ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Message_IsHiddenForTenMinutes_WhileItsFunctionRuns()
    {
        var running = new TaskCompletionSource<QueueMessage>();
        var release = new TaskCompletionSource();
        await SendAsync("long");

        await ListenAsync(async (message, _) => { running.TrySetResult(message); await release.Task; });
        var taken = await running.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken);
        var others = await Queue().ReceiveMessagesAsync(32, cancellationToken: TestContext.Current.CancellationToken);
        release.SetResult();
        await EventuallyEmptyAsync();

        Assert.Empty(others.Value);
        Assert.InRange(taken.NextVisibleOn!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10.5));
    }

    [Fact]
    public async Task Messages_RunNoMoreThanBatchAndThreshold_AtOnce()
    {
        var running = 0;
        var most = 0;
        for (var message = 0; message < 20; message++)
            await SendAsync($"{message}");

        await ListenAsync(async (_, token) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Delay(50, token);
            Interlocked.Decrement(ref running);
        });
        await EventuallyEmptyAsync();

        Assert.InRange(most, 2, Settings.BatchSize!.Value + Settings.NewBatchThreshold!.Value);
    }

    [Fact]
    public async Task Message_IsFinishedAndNoneIsTaken_WhenTheHostDrains()
    {
        var running = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await SendAsync("finishing");
        await ListenAsync(async (_, _) => { running.TrySetResult(); await release.Task; });
        await running.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken);

        var stop = _hosts.StopAsync();
        await SendAsync("later");
        release.SetResult();
        await stop;
        var left = await Queue().ReceiveMessagesAsync(32, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["later"], left.Value.Select(message => message.Body.ToString()));
    }

    [Fact]
    public async Task Message_IsBackAtOnce_WhenTheGracePeriodEnds()
    {
        Settings = Settings with { VisibilityTimeout = TimeSpan.FromDays(1), MaxDequeueCount = 1 };
        var running = new TaskCompletionSource();
        await SendAsync("unfinished");
        await ListenAsync(async (_, token) => { running.TrySetResult(); await Task.Delay(Timeout.Infinite, token); });
        await running.Task.WaitAsync(ListeningHosts.Patience, TestContext.Current.CancellationToken);

        var stop = _hosts.StopAsync();
        _hosts.EndGrace();
        await stop;
        var returned = await Queue().ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("unfinished", returned.Value.Body.ToString());
        Assert.Equal(2, returned.Value.DequeueCount);
    }

    [Fact]
    public async Task Messages_AreHandledOnceEach_WhenTwoHostsShareAQueue()
    {
        const int Messages = 60;
        var byHost = new ConcurrentBag<(int Host, string Text)>();
        for (var message = 0; message < Messages; message++)
            await SendAsync($"{message}");

        foreach (var host in new[] { 1, 2 })
            await ListenAsync(async (message, token) => { await Task.Delay(5, token); byHost.Add((host, message.Body.ToString())); });
        await EventuallyEmptyAsync();

        Assert.Equal(Messages, byHost.Count);
        Assert.Equal(Messages, byHost.Select(handled => handled.Text).Distinct().Count());
    }

    [Fact]
    public async Task Listener_LooksAtOnce_WheneverAFunctionOfTheHostHasRun()
    {
        // By themselves its pauses get twice as long each time: fifty looks would take it years.
        const int Looks = 50;
        Settings = Settings with { MaxPollingInterval = TimeSpan.FromDays(1) };
        await using var storage = await FaultyStorage.StartAsync(azurite.ConnectionString, seed: 1);
        storage.IsFaulty = false;
        await using var hosts = new ListeningHosts(storage.ConnectionString);
        await Queue().CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await hosts.ListenAsync(_name, Settings, (_, _) => Task.CompletedTask);

        for (var look = 0; look < Looks; look++)
        {
            var before = storage.CallsByService["queue"];
            hosts.TellOfWork();
            await EventuallyAsync(() => Task.FromResult(storage.CallsByService["queue"] > before));
        }

        Assert.InRange(storage.CallsByService["queue"], Looks, 3 * Looks);
    }

    [Theory]
    [InlineData("No")]
    [InlineData("my--queue")]
    [InlineData("q")]
    public async Task Start_SaysWhy_WhenTheQueuesNameCannotBeOne(string name)
    {
        var options = LocalHosts.Options(
            function => function.Name == "TestQueue",
            LocalHosts.Settings(("AzureWebJobsStorage", azurite.ConnectionString), ("TEST_QUEUE", name)));

        var failure = await Assert.ThrowsAsync<StartFailedException>(
            () => LocalHost.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Contains($"'TestQueue' has the queue '{name}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_HasAScopeOfItsOwn_ForEachMessage()
    {
        var probe = new Probe();
        var seen = new ConcurrentQueue<string>();
        probe.OnMessage = (message, _) => { seen.Enqueue(message.Body.ToString()); return Task.CompletedTask; };
        var options = LocalHosts.Options(
            function => function.Name == "TestQueue",
            LocalHosts.Settings(("AzureWebJobsStorage", azurite.ConnectionString), ("TEST_QUEUE", _name)),
            services => services.AddSingleton(probe).AddScoped<CallScope>());
        await SendAsync("one");
        await SendAsync("two");

        await using var host = await LocalHost.StartAsync(options, TestContext.Current.CancellationToken);
        await EventuallyEmptyAsync();
        await host.StopAsync();

        Assert.Equal(["one", "two"], seen.Order(StringComparer.Ordinal));
        Assert.Equal(2, probe.Disposed);
    }

    [Fact]
    public async Task Listener_BeginsAnew_WhenStorageHasRefusedIt()
    {
        await using var storage = await FaultyStorage.StartAsync(azurite.ConnectionString, seed: 1);
        storage.IsFaulty = false;
        await using var hosts = new ListeningHosts(storage.ConnectionString);
        var seen = new ConcurrentQueue<string>();
        var release = new TaskCompletionSource();
        await SendAsync("long");
        await hosts.ListenAsync(_name, Settings, async (message, _) =>
        {
            seen.Enqueue(message.Body.ToString());
            await (message.Body.ToString() == "long" ? release.Task : Task.CompletedTask);
        });
        await EventuallyAsync(() => Task.FromResult(!seen.IsEmpty));

        storage.Refuses = true;
        var refused = storage.CallsByService["queue"] + 1;
        await EventuallyAsync(() => Task.FromResult(storage.CallsByService["queue"] > refused));
        storage.Refuses = false;
        await SendAsync("short");
        await EventuallyAsync(() => Task.FromResult(seen.Count == 2));
        release.SetResult();
        await EventuallyEmptyAsync();

        Assert.Equal(["long", "short"], seen);
    }

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    private Task ListenAsync(Func<QueueMessage, CancellationToken, Task> run) => _hosts.ListenAsync(_name, Settings, run);

    private QueueClient Queue(string suffix = "") =>
        new(azurite.ConnectionString, _name + suffix, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    private async Task SendAsync(string text, string suffix = "")
    {
        await Queue(suffix).CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Queue(suffix).SendMessageAsync(text, TestContext.Current.CancellationToken);
    }

    // The service's count includes hidden messages.
    private async Task<int> CountAsync() =>
        (await Queue().GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;

    private Task EventuallyEmptyAsync() => EventuallyAsync(async () => await CountAsync() == 0);

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(ListeningHosts.Patience);
        while (!await holds())
            await Task.Delay(50, patience.Token);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
