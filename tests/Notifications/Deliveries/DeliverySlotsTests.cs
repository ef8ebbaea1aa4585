using ExportFunctions.Notifications.Deliveries;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Notifications.Deliveries;

public sealed class DeliverySlotsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DeliverySlots _slots;

    public DeliverySlotsTests() => _slots = new DeliverySlots(_time);

    [Fact]
    public async Task Take_GivesATargetOnePlace_AndOthersTheirs()
    {
        using var first = await TakeAsync("a");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(first);
        Assert.Null(await TakeAsync("a"));
        Assert.NotNull(await TakeAsync("b"));
        Assert.NotNull(await TakeAsync(null));
        Assert.NotNull(await TakeAsync(null));
    }

    [Fact]
    public async Task Take_WaitsAMoment_ForATargetThatIsQuick()
    {
        var first = await TakeAsync("a");
        var second = TakeAsync("a");
        var waits = !second.IsCompleted;

        first!.Dispose();

        Assert.True(waits);
        Assert.NotNull(await second);
    }

    [Fact]
    public async Task Take_GivesUp_WhenTheTargetTurnsOutToBeSlow()
    {
        using var first = await TakeAsync("a");
        var second = TakeAsync("a");

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await second);
    }

    [Fact]
    public async Task Take_LeavesPlacesToQuickTargets_WhateverNumberIsSlow()
    {
        string[] slow = ["a", "b", "c", "d", "e"];
        var calls = new List<IDisposable?>();
        foreach (var target in slow)
            calls.Add(await TakeAsync(target));
        _time.Advance(TimeSpan.FromSeconds(15));
        calls.ForEach(call => call!.Dispose());

        var taken = new List<IDisposable?>();
        foreach (var target in slow)
            taken.Add(await TakeAsync(target));
        var quick = await TakeAsync("quick");
        taken[0]!.Dispose();
        var recovered = await TakeAsync("a");

        Assert.Equal([true, true, true, false, false], taken.Select(place => place is not null));
        Assert.NotNull(quick);
        Assert.NotNull(recovered);
    }

    private Task<IDisposable?> TakeAsync(string? target) => _slots.TakeAsync(target, TestContext.Current.CancellationToken);
}
