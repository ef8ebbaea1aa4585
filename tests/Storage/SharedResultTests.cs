using ExportFunctions.Storage;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Storage;

public sealed class SharedResultTests
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new();
    private readonly List<TaskCompletionSource<int>> _asked = [];

    [Fact]
    public async Task GetAsync_AsksOnce_WhenManyAskAtOnce()
    {
        var shared = Shared();

        var answers = Enumerable.Range(0, 100).Select(_ => shared.GetAsync(CancellationToken.None)).ToArray();
        _time.Advance(TimeSpan.FromMinutes(1));
        var late = shared.GetAsync(CancellationToken.None);
        Assert.Single(_asked).SetResult(7);

        Assert.All(await Task.WhenAll([.. answers, late]), answer => Assert.Equal(7, answer));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task GetAsync_AsksAgain_OnceTheAnswerIsOld()
    {
        var shared = Shared();
        var first = shared.GetAsync(CancellationToken.None);
        _asked[0].SetResult(1);
        await first;

        _time.Advance(Fresh - TimeSpan.FromTicks(1));
        var second = await shared.GetAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromTicks(1));
        var third = shared.GetAsync(CancellationToken.None);
        _asked[1].SetResult(2);

        Assert.Equal((1, 2), (second, await third));
    }

    [Fact]
    public async Task GetAsync_GoesOnForTheOthers_WhenOneLeaves()
    {
        var shared = Shared();
        using var leaving = new CancellationTokenSource();
        var left = shared.GetAsync(leaving.Token);
        var stayed = shared.GetAsync(CancellationToken.None);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _asked[0].SetResult(7);

        Assert.Equal(7, await stayed);
    }

    [Fact]
    public async Task GetAsync_AsksAgain_AfterAFault()
    {
        var shared = Shared();
        var first = shared.GetAsync(CancellationToken.None);
        _asked[0].SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);

        var second = shared.GetAsync(CancellationToken.None);
        _asked[1].SetResult(7);

        Assert.Equal(7, await second);
    }

    [Fact]
    public async Task GetAsync_MakesANewCall_OnceInvalidated_EvenWhileOneIsUnderWay()
    {
        var shared = Shared();
        var before = shared.GetAsync(CancellationToken.None);

        shared.Invalidate();
        var after = shared.GetAsync(CancellationToken.None);
        _asked[1].SetResult(2);
        _asked[0].SetResult(1);

        Assert.Equal((1, 2), (await before, await after));
        Assert.Equal(2, await shared.GetAsync(CancellationToken.None));
        Assert.Equal(2, _asked.Count);
    }

    private SharedResult<int> Shared() => new(_time, Fresh, () =>
    {
        _asked.Add(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _asked[^1].Task;
    });
}
