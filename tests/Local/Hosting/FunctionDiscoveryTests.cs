using Azure.Storage.Queues.Models;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Tests.Local.Hosting;

public sealed class FunctionDiscoveryTests
{
    [Fact]
    public void Find_ReadsAttributes_ForEveryTrigger()
    {
        var http = Assert.IsType<HttpFunction>(LocalHosts.Find("TestEcho"));
        var queue = Assert.IsType<QueueFunction>(LocalHosts.Find("TestQueue"));
        var timer = Assert.IsType<TimerFunction>(LocalHosts.Find("TestTimer"));

        Assert.Equal(("test/echo/{id}", AuthorizationLevel.Anonymous), (http.Route, http.Level));
        Assert.Equal(["get"], http.Verbs);
        Assert.Equal(("%TEST_QUEUE%", "AzureWebJobsStorage"), (queue.Queue, queue.Connection));
        Assert.Equal(("%TEST_SCHEDULE%", true), (timer.Schedule, timer.UseMonitor));
    }

    [Fact]
    public void Find_FindsTheApp_InItsAssembly()
    {
        var functions = FunctionDiscovery.Find([typeof(Composition).Assembly]);

        Assert.Contains(functions, function => function is HttpFunction { Route: "api/v1/exports" });
        Assert.Contains(functions, function => function is QueueFunction { Queue: "exports" });
        Assert.Contains(functions, function => function is TimerFunction);
    }

    [Theory]
    [InlineData(nameof(Wrong.Nothing), "has 0 triggers")]
    [InlineData(nameof(Wrong.Twice), "has 2 triggers")]
    [InlineData(nameof(Wrong.Text), "make 'message' a QueueMessage")]
    [InlineData(nameof(Wrong.Extra), "parameter 'dequeueCount'")]
    [InlineData(nameof(Wrong.Returns), "make it return Task")]
    public void Describe_SaysWhatIsWrong_WhenAFunctionCannotRun(string method, string expected)
    {
        var failure = Assert.Throws<StartFailedException>(() => FunctionDiscovery.Describe("F", typeof(Wrong).GetMethod(method)!));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("'F'", failure.Message, StringComparison.Ordinal);
    }

    // Without [Function], so that the hosts of other tests don't find them.
    private static class Wrong
    {
        public static Task Nothing() => Task.CompletedTask;

        public static Task Twice([QueueTrigger("a")] QueueMessage one, [QueueTrigger("b")] QueueMessage two) => Task.CompletedTask;

        public static Task Text([QueueTrigger("a")] string message) => Task.CompletedTask;

        public static Task Extra([QueueTrigger("a")] QueueMessage message, int dequeueCount) => Task.CompletedTask;

        public static int Returns([QueueTrigger("a")] QueueMessage message) => 0;
    }
}
