using Azure.Storage.Queues.Models;
using ExportFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Tests.Local.Hosting;

/// <summary>Counts and blocks, as a test tells it.</summary>
public sealed class Probe
{
    public Func<QueueMessage, CancellationToken, Task> OnMessage { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Done when a request waits.</summary>
    public TaskCompletionSource Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int TimerRuns;

    public int Disposed;
}

/// <summary>A scoped service, to see that each call has its own.</summary>
public sealed class CallScope : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

/// <summary>The functions that the local host's tests serve.</summary>
public sealed class TestFunctions(Probe probe, CallScope scope, HttpAnswers answers) : IDisposable
{
    [Function("TestEcho")]
    public IResult Echo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "test/echo/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        TypedResults.Text($"{id} {request.Query["q"]} {scope.IsDisposed} {cancellationToken.CanBeCanceled}");

    [Function("TestThrow")]
    public static Task<IResult> ThrowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "test/throw")] HttpRequest request) =>
        throw new InvalidOperationException($"the secret reason for {request.Method}");

    [Function("TestKeyed")]
    public static IResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get", Route = "test/keyed")] HttpRequest request) =>
        TypedResults.Text(request.Path);

    [Function("TestLength")]
    public static async Task<IResult> LengthAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "test/length")] HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        var total = 0L;
        while (await request.Body.ReadAsync(buffer, cancellationToken) is var read and > 0)
            total += read;
        return TypedResults.Text(total.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Function("TestEvents")]
    public static async Task EventsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "test/events")] HttpRequest request, CancellationToken cancellationToken)
    {
        var response = request.HttpContext.Response;
        response.ContentType = "text/event-stream";
        await response.WriteAsync("data: first\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    [Function("TestWait")]
    public Task<IResult> WaitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "test/wait")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            probe.Waits.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return TypedResults.Ok();
        });

    [Function("TestQueue")]
    public Task QueueAsync([QueueTrigger("%TEST_QUEUE%")] QueueMessage message, CancellationToken cancellationToken) =>
        probe.OnMessage(message, cancellationToken);

    [Function("TestTimer")]
    public Task TimerAsync([TimerTrigger("%TEST_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref probe.TimerRuns);
        return Task.CompletedTask;
    }

    public void Dispose() => Interlocked.Increment(ref probe.Disposed);
}
