using System.Threading.Channels;
using Azure.Storage.Blobs;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Timers;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Local.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Local.Timers;

/// <summary>Timers on a clock that the test turns, and on a real blob service.</summary>
[Integration]
public sealed class TimerListenerTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 30, TimeSpan.Zero);

    private readonly TimerStore _store = new(new BlobContainerClient(azurite.ConnectionString, AzuriteFixture.UniqueName("timers")));
    private readonly SteppedTime _time = new(Start);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<TimerInfo> _runs = Channel.CreateUnbounded<TimerInfo>();
    private readonly List<Task> _listeners = [];

    [Fact]
    public async Task RunAsync_FiresAtEachOccurrence_OnTime()
    {
        Listen();

        await NextMinuteAsync(listeners: 1);
        var first = await RunAsync();
        await NextMinuteAsync(listeners: 1);
        var second = await RunAsync();

        Assert.Equal(Start.AddSeconds(30).UtcDateTime, first.ScheduleStatus!.Last);
        Assert.Equal(Start.AddSeconds(90).UtcDateTime, first.ScheduleStatus.Next);
        Assert.Equal(Start.AddSeconds(90).UtcDateTime, second.ScheduleStatus!.Last);
        Assert.False(first.IsPastDue);
    }

    [Fact]
    public async Task RunAsync_FiresOncePerOccurrence_WhenTwoHostsShareTheStorage()
    {
        Listen();
        Listen();

        for (var minute = 0; minute < 3; minute++)
            await NextMinuteAsync(listeners: 2);
        await _time.WaitForWaitersAsync(2).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(3, _runs.Reader.Count);
    }

    [Fact]
    public async Task RunAsync_MakesUpOnceAndSaysPastDue_WhenOccurrencesWereMissed()
    {
        await _store.TryClaimAsync("T", Start.AddHours(-5), Start.AddHours(-5), TestContext.Current.CancellationToken);

        Listen();
        var late = await RunAsync();
        await _time.WaitForWaitersAsync(1).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(late.IsPastDue);
        Assert.Equal(Start.AddSeconds(-30).UtcDateTime, late.ScheduleStatus!.Last);
        Assert.Equal(0, _runs.Reader.Count);
    }

    [Fact]
    public async Task RunAsync_DoesNotMakeUp_WithoutMonitor()
    {
        await _store.TryClaimAsync("T", Start.AddHours(-5), Start.AddHours(-5), TestContext.Current.CancellationToken);

        Listen(useMonitor: false);
        await _time.WaitForWaitersAsync(1).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, _runs.Reader.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60 * 24 * 45)]
    public async Task RunAsync_FiresAtEachOccurrence_WhenTheLastOneIsRecordedInTheFuture(int minutes)
    {
        var future = Start.AddMinutes(minutes + 1);
        await _store.TryClaimAsync("T", future, future, TestContext.Current.CancellationToken);

        Listen();
        await NextMinuteAsync(listeners: 1);
        var first = await RunAsync();
        await NextMinuteAsync(listeners: 1);
        var second = await RunAsync();

        Assert.Equal(
            (Start.AddSeconds(30).UtcDateTime, Start.AddSeconds(90).UtcDateTime),
            (first.ScheduleStatus!.Last, second.ScheduleStatus!.Last));
    }

    [Fact]
    public async Task RunAsync_LeavesAnOccurrenceAlone_WhenAHostWhoseClockIsAheadHasFiredIt()
    {
        var next = Start.AddSeconds(30);
        await _store.TryClaimAsync("T", next.AddMinutes(1), next.AddMinutes(1), TestContext.Current.CancellationToken);

        Listen();
        await NextMinuteAsync(listeners: 1);
        await _time.WaitForWaitersAsync(1).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, _runs.Reader.Count);
    }

    [Fact]
    public async Task RunAsync_FiresAtTheNextOccurrence_AfterTheClockWasSetBack()
    {
        _time.AdjustTime(Start.AddDays(45));
        Listen();
        await _time.WaitForWaitersAsync(1).WaitAsync(Patience, TestContext.Current.CancellationToken);

        _time.AdjustTime(Start);
        // What waits counts ticks and not the clock.
        _time.Advance(TimeSpan.FromSeconds(30));
        await NextMinuteAsync(listeners: 1);
        var run = await RunAsync();

        Assert.Equal(Start.AddSeconds(90).UtcDateTime, run.ScheduleStatus!.Last);
    }

    [Fact]
    public async Task RunAsync_FiresAgain_AfterAFailedRun()
    {
        Listen(run: _ => throw new InvalidOperationException("once"));

        await NextMinuteAsync(listeners: 1);
        var first = await RunAsync();
        await NextMinuteAsync(listeners: 1);
        var second = await RunAsync();

        Assert.NotEqual(first.ScheduleStatus!.Last, second.ScheduleStatus!.Last);
    }

    [Fact]
    public async Task TryClaimAsync_IsTrueForOne_WhenManyClaimAnOccurrence()
    {
        await _store.TryClaimAsync("T", Start.AddMinutes(-1), Start, TestContext.Current.CancellationToken);

        var claims = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => _store.TryClaimAsync("T", Start, Start, TestContext.Current.CancellationToken)));

        Assert.Single(claims, claimed => claimed);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_listeners);
        _stopping.Dispose();
    }

    private void Listen(bool useMonitor = true, Action<TimerInfo>? run = null)
    {
        var function = new TimerFunction(
            "T", typeof(TestFunctions).GetMethod(nameof(TestFunctions.TimerAsync))!, "0 * * * * *", RunOnStartup: false, useMonitor);
        var listener = new TimerListener(
            function,
            TimerSchedule.Read(function, LocalHosts.Settings()),
            _store,
            async (timer, cancellationToken) =>
            {
                await _runs.Writer.WriteAsync(timer, cancellationToken);
                run?.Invoke(timer);
            },
            _time,
            NullLogger.Instance);
        _listeners.Add(listener.RunAsync(_stopping.Token, CancellationToken.None));
    }

    private async Task<TimerInfo> RunAsync() =>
        await _runs.Reader.ReadAsync(
            TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Turns the clock to the next full minute once every listener waits for it.</summary>
    private async Task NextMinuteAsync(int listeners)
    {
        await _time.WaitForWaitersAsync(listeners).WaitAsync(Patience, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(60 - _time.GetUtcNow().Second));
    }

    /// <summary>A clock that tells when somebody waits on it.</summary>
    private sealed class SteppedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private readonly Channel<ITimer> _timers = Channel.CreateUnbounded<ITimer>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _timers.Writer.TryWrite(timer);
            return timer;
        }

        public async Task WaitForWaitersAsync(int count)
        {
            for (var waiter = 0; waiter < count; waiter++)
                await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }
    }
}
