using ExportFunctions.Local.Queues;

namespace ExportFunctions.Tests.Local.Queues;

public sealed class PollingDelayTests
{
    [Fact]
    public void Next_DoublesUpToTheMost_ShortenedByAFifthAtMost()
    {
        var delay = new PollingDelay(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), new Random(1));
        int[] expected = [100, 200, 400, 800, 1000, 1000];

        foreach (var milliseconds in expected)
            Assert.InRange(delay.Next().TotalMilliseconds, milliseconds * 0.8, milliseconds);
    }

    [Fact]
    public void Next_BeginsAnew_AfterReset()
    {
        var delay = new PollingDelay(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), new Random(1));
        _ = delay.Next();
        _ = delay.Next();

        delay.Reset();

        Assert.InRange(delay.Next().TotalMilliseconds, 80, 100);
    }
}
