using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Queues;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Local.Queues;

/// <summary>The listener on a real queue service. Waiting is on events and states, bounded only so that a fault ends the test.</summary>
public sealed class QueueListenerTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _name = AzuriteFixture.UniqueName("queue");
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _canceled = new();
    private readonly List<Task> _listeners = [];
    private readonly FreshWork _fresh = new();

    private QueueSettings Settings { get; set; } = new()
    {
        BatchSize = 4,
        NewBatchThreshold = 2,
        MaxDequeueCount = 3,
        VisibilityTimeout = TimeSpan.Zero,
        MaxPollingInterval = TimeSpan.FromMilliseconds(200),
    };

    [Fact]
    public async Task RunAsync_DeletesTheMessage_WhenTheFunctionSucceeds()
    {
        var seen = new TaskCompletionSource<string>();
        await SendAsync("hello");

        Listen((message, _) => { seen.TrySetResult(message.Body.ToString()); return Task.CompletedTask; });
        var text = await seen.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await EventuallyEmptyAsync();

        Assert.Equal("hello", text);
    }

    [Fact]
    public async Task RunAsync_MakesTheQueue_WhenThereIsNone()
    {
        Listen((_, _) => Task.CompletedTask);

        await EventuallyAsync(async () => await Queue().ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_LooksAtOnce_WhenAFunctionOfTheHostHasRun()
    {
        var seen = new TaskCompletionSource<string>();

        // A pause of this clock never ends by itself.
        Listen((message, _) => { seen.TrySetResult(message.Body.ToString()); return Task.CompletedTask; }, new FakeTimeProvider());
        await EventuallyAsync(async () => await Queue().ExistsAsync(TestContext.Current.CancellationToken));
        await SendAsync("fresh");
        _fresh.Tell();

        Assert.Equal("fresh", await seen.Task.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_TriesAgainUntilItSucceeds_WhenTheFunctionFails()
    {
        var counts = new ConcurrentQueue<long>();
        await SendAsync("twice");

        Listen((message, _) =>
        {
            counts.Enqueue(message.DequeueCount);
            return message.DequeueCount < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        });
        await EventuallyEmptyAsync();

        Assert.Equal([1, 2, 3], counts);
        Assert.False(await Queue("-poison").ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_MovesTheMessageToThePoisonQueue_WhenEveryAttemptFails()
    {
        var runs = 0;
        await SendAsync("never");

        Listen((_, _) => { Interlocked.Increment(ref runs); throw new InvalidOperationException("never"); });
        await EventuallyEmptyAsync();
        var poison = await Queue("-poison").PeekMessageAsync(TestContext.Current.CancellationToken);

        Assert.Equal("never", poison.Value.Body.ToString());
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task RunAsync_PoisonsWithoutRunning_WhenHostsDiedOverTheMessage()
    {
        await SendAsync("deadly");
        for (var host = 0; host < 3; host++)
        {
            QueueMessage taken = await Queue().ReceiveMessageAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await Queue().UpdateMessageAsync(taken.MessageId, taken.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken);
        }

        var runs = 0;
        Listen((_, _) => { Interlocked.Increment(ref runs); return Task.CompletedTask; });
        await EventuallyEmptyAsync();
        var poison = await Queue("-poison").PeekMessageAsync(TestContext.Current.CancellationToken);

        Assert.Equal("deadly", poison.Value.Body.ToString());
        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task RunAsync_PoisonsAMessageItCannotDecode_AndGoesOn()
    {
        var handled = new TaskCompletionSource();
        var raw = new QueueClient(azurite.ConnectionString, _name);
        await raw.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await raw.SendMessageAsync("{ not base64 }", TestContext.Current.CancellationToken);
        await SendAsync("good");

        Listen((_, _) => { handled.TrySetResult(); return Task.CompletedTask; });
        await handled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await EventuallyEmptyAsync();
        var poison = await Queue("-poison").PeekMessageAsync(TestContext.Current.CancellationToken);

        Assert.Equal("{ not base64 }", poison.Value.Body.ToString());
    }

    [Fact]
    public async Task RunAsync_KeepsTheMessageHidden_WhileItsFunctionRuns()
    {
        Settings = Settings with { Lease = TimeSpan.FromSeconds(2) };
        var running = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var runs = 0;
        await SendAsync("long");

        Listen(async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            running.TrySetResult();
            await release.Task;
        });
        await running.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        // More than two leases: without renewal, the listener itself would take it again.
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        var hidden = await Queue().ReceiveMessagesAsync(32, cancellationToken: TestContext.Current.CancellationToken);
        release.SetResult();
        await EventuallyEmptyAsync();

        Assert.Empty(hidden.Value);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task RunAsync_CancelsTheFunction_WhenAnotherHasTheMessage()
    {
        Settings = Settings with { Lease = TimeSpan.FromSeconds(2) };
        var taken = new TaskCompletionSource<QueueMessage>();
        var canceled = new TaskCompletionSource();
        await SendAsync("stolen");

        Listen(async (message, token) =>
        {
            taken.TrySetResult(message);
            await using var registration = token.Register(() => canceled.TrySetResult());
            await Task.Delay(Timeout.Infinite, token);
        });
        var stolen = await taken.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Queue().DeleteMessageAsync(stolen.MessageId, stolen.PopReceipt, TestContext.Current.CancellationToken);

        await canceled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_RunsNoMoreThanBatchAndThreshold_AtOnce()
    {
        var running = 0;
        var most = 0;
        for (var message = 0; message < 20; message++)
            await SendAsync($"{message}");

        Listen(async (_, token) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Delay(50, token);
            Interlocked.Decrement(ref running);
        });
        await EventuallyEmptyAsync();

        Assert.InRange(most, 2, Settings.BatchSize + Settings.Threshold);
    }

    [Fact]
    public async Task RunAsync_LetsTheFunctionFinish_WhenTheHostDrains()
    {
        var running = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await SendAsync("finishing");
        Listen(async (_, _) => { running.TrySetResult(); await release.Task; });
        await running.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await _stopping.CancelAsync();
        await SendAsync("later");

        release.SetResult();
        await Task.WhenAll(_listeners).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var left = await Queue().ReceiveMessagesAsync(32, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["later"], left.Value.Select(message => message.Body.ToString()));
    }

    [Fact]
    public async Task RunAsync_ReturnsTheMessageAtOnce_WhenTheGracePeriodEnds()
    {
        var running = new TaskCompletionSource();
        await SendAsync("unfinished");
        Listen(async (_, token) => { running.TrySetResult(); await Task.Delay(Timeout.Infinite, token); });
        await running.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await _stopping.CancelAsync();
        await _canceled.CancelAsync();
        await Task.WhenAll(_listeners).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var returned = await Queue().ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("unfinished", returned.Value.Body.ToString());
        Assert.Equal(2, returned.Value.DequeueCount);
    }

    [Fact]
    public async Task RunAsync_HandlesEachMessageOnce_WhenTwoListenersShareAQueue()
    {
        const int Messages = 60;
        var byListener = new ConcurrentBag<(int Listener, string Text)>();
        for (var message = 0; message < Messages; message++)
            await SendAsync($"{message}");

        foreach (var listener in new[] { 1, 2 })
            Listen(async (message, token) => { await Task.Delay(5, token); byListener.Add((listener, message.Body.ToString())); });
        await EventuallyEmptyAsync();

        Assert.Equal(Messages, byListener.Count);
        Assert.Equal(Messages, byListener.Select(handled => handled.Text).Distinct().Count());
        Assert.Equal(2, byListener.Select(handled => handled.Listener).Distinct().Count());
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _canceled.CancelAsync();
        await Task.WhenAll(_listeners);
        _stopping.Dispose();
        _canceled.Dispose();
    }

    private void Listen(Func<QueueMessage, CancellationToken, Task> run, TimeProvider? time = null)
    {
        var poison = PoisonQueue.Of(azurite.ConnectionString, _name, QueueFunctions.Encoded(Settings));
        var queue = QueueFunctions.OpenQueue(azurite.ConnectionString, _name, poison, Settings, NullLogger.Instance);
        var listener = new QueueListener(queue, poison, Settings, run, _fresh, time ?? TimeProvider.System, NullLogger.Instance);
        _listeners.Add(listener.RunAsync(_stopping.Token, _canceled.Token));
    }

    private QueueClient Queue(string suffix = "") => new(azurite.ConnectionString, _name + suffix, QueueFunctions.Encoded(Settings));

    private async Task SendAsync(string text)
    {
        await Queue().CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Queue().SendMessageAsync(text, TestContext.Current.CancellationToken);
    }

    // The service's count includes hidden messages.
    private Task EventuallyEmptyAsync() => EventuallyAsync(async () =>
        (await Queue().GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount == 0);

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
            await Task.Delay(50, patience.Token);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
