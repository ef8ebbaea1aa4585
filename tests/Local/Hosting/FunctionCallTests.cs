using Azure.Storage.Queues.Models;
using ExportFunctions.Functions.Http;
using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Local.Hosting;

public sealed class FunctionCallTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly FunctionDefinition Function = LocalHosts.Find("TestQueue")!;

    private readonly Probe _probe = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services;

    public FunctionCallTests() =>
        _services = new ServiceCollection().AddLogging().AddSingleton<HttpAnswers>()
            .AddSingleton(_probe).AddScoped<CallScope>().BuildServiceProvider();

    [Fact]
    public async Task RunAsync_CancelsAndFailsTheFunction_WhenItsTimeIsOver()
    {
        _probe.OnMessage = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        var run = RunAsync(Limit);
        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.False(run.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => run);

        Assert.Equal("TestQueue ran longer than host.json's functionTimeout, which is 00:05:00.", failure.Message);
        Assert.Equal(1, _probe.Disposed);
    }

    [Fact]
    public async Task RunAsync_Succeeds_WhenTheFunctionEndsInTime()
    {
        _probe.OnMessage = (_, cancellationToken) => Task.Delay(Limit / 2, _time, cancellationToken);

        var run = RunAsync(Limit);
        _time.Advance(Limit / 2);
        await run;

        Assert.Equal(1, _probe.Disposed);
    }

    [Fact]
    public async Task RunAsync_HasNoLimit_WhenNoneIsSet()
    {
        var end = new TaskCompletionSource();
        _probe.OnMessage = (_, cancellationToken) => end.Task.WaitAsync(cancellationToken);

        var run = RunAsync(Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(30));
        Assert.False(run.IsCompleted);
        end.SetResult();

        await run;
    }

    [Fact]
    public async Task RunAsync_SpeaksOfNoTimeout_WhenTheHostStops()
    {
        using var stopping = new CancellationTokenSource();
        _probe.OnMessage = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        var run = RunAsync(Limit, stopping.Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Task RunAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        new FunctionCall(_services.GetRequiredService<IServiceScopeFactory>(), timeout, _time).RunAsync(
            Function, QueuesModelFactory.QueueMessage("id", "receipt", "text", dequeueCount: 1), cancellationToken);
}
