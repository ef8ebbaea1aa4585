using ExportFunctions.Storage;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Storage;

public sealed class StorageClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void Clock_StaysAsItIs_WhenTheAnswersDoNotProveItWrong(double into)
    {
        var clock = new StorageClock(new FakeTimeProvider(Start));

        clock.Observe(Start, Start.AddSeconds(into), Start.AddSeconds(into + 0.05));

        Assert.Equal(TimeSpan.Zero, clock.Correction);
        Assert.Null(clock.Warning);
    }

    [Theory]
    [InlineData(600, "ahead of")]
    [InlineData(-600, "behind")]
    [InlineData(90, "ahead of")]
    public void Clock_IsCorrected_ByWhatTheAnswersProve(int secondsAhead, string words)
    {
        var time = new FakeTimeProvider(Start.AddSeconds(secondsAhead));
        var clock = new StorageClock(time);

        for (var call = 0; call < 20; call++)
        {
            var now = time.GetUtcNow();
            var truth = now.AddSeconds(-secondsAhead);
            clock.Observe(
                new DateTimeOffset(truth.Ticks - (truth.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero), now, now.AddMilliseconds(20));
            time.Advance(TimeSpan.FromMilliseconds(170));
        }

        Assert.InRange(
            clock.GetUtcNow() - time.GetUtcNow().AddSeconds(-secondsAhead), TimeSpan.FromSeconds(-0.5), TimeSpan.FromSeconds(0.5));
        Assert.Contains(words, clock.Warning!, StringComparison.Ordinal);
    }

    [Fact]
    public void Clock_FollowsTheMachine_WhenThatIsSetRight()
    {
        var time = new FakeTimeProvider(Start.AddMinutes(10));
        var clock = new StorageClock(time);
        clock.Observe(Start, time.GetUtcNow(), time.GetUtcNow());

        clock.Observe(Start.AddSeconds(1), Start.AddSeconds(1), Start.AddSeconds(1.1));

        Assert.InRange(clock.Correction, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
        Assert.Null(clock.Warning);
    }

    [Fact]
    public void Clock_IgnoresAnAnswer_DuringWhichTheMachinesClockWasSetBack()
    {
        var clock = new StorageClock(new FakeTimeProvider(Start));

        clock.Observe(Start, Start.AddMinutes(10), Start);

        Assert.Equal(TimeSpan.Zero, clock.Correction);
    }
}
