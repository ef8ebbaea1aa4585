using ExportFunctions.TestHost;

namespace ExportFunctions.Tests.Worker;

/// <summary>Every timer of the published app.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerTimerTests(WorkerFixture worker)
{
    [Theory]
    [InlineData("RequeueStaleExports")]
    [InlineData("TakeUpPoison")]
    [InlineData("RunSchedules")]
    [InlineData("StartCleanup")]
    [InlineData("SummarizeMetrics")]
    [InlineData("TellOfExpiringFiles")]
    [InlineData("SendWeeklyReport")]
    public async Task Timer_Succeeds_WhenItTicks(string name)
    {
        var result = await worker.Host.TickAsync(name, TestContext.Current.CancellationToken);

        Assert.Equal(new InvocationResult(InvocationOutcome.Succeeded, null), result);
    }

    [Fact]
    public void Timers_AreSeven() => Assert.Equal(7, worker.Host.Functions.Count(function => function.Kind == "timerTrigger"));
}
