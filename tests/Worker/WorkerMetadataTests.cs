using ExportFunctions.Storage;
using ExportFunctions.Tests.OpenApi;

namespace ExportFunctions.Tests.Worker;

/// <summary>The functions that the published app tells its host of, against the API's description.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerMetadataTests(WorkerFixture worker)
{
    /// <summary>Takes every method, and is described by the one that asks for them.</summary>
    private const string OtherMethods = "AnswerOtherMethods";

    [Fact]
    public void HttpFunctions_AreTheOperations_WithTheirRoutesAndMethods()
    {
        var loaded =
            from function in worker.Host.Functions
            where function.Kind == "httpTrigger" && function.Name != OtherMethods
            from method in function.Methods
            where method != "HEAD"
            select $"{function.Name}: {method} /{function.Route}";

        var described = OpenApiDocument.Operations.Where(operation => operation.Id != OtherMethods)
            .Select(operation => $"{operation.Id}: {operation.Method.ToUpperInvariant()} {operation.Path}");

        Assert.Equal(described.Order(StringComparer.Ordinal), loaded.Order(StringComparer.Ordinal));
        Assert.Equal("api/{*path}", Assert.Single(worker.Host.Functions, function => function.Name == OtherMethods).Route);
    }

    [Fact]
    public void HttpFunctions_AskForAKey_WhereTheirOperationsDo()
    {
        var open = worker.Host.Functions.Where(function => function.Kind == "httpTrigger" && function.IsAnonymous)
            .Select(function => function.Name);

        var described = OpenApiDocument.Operations.Where(
            operation => operation.Operation["security"] is { } security && security.AsArray().Count == 0);

        Assert.Equal(described.Select(operation => operation.Id).Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void QueueFunctions_CoverEveryQueue_AndNoPoisonQueue()
    {
        var queues = worker.Host.Functions.Where(function => function.Kind == "queueTrigger").Select(function => function.Queue).ToArray();

        Assert.Equal(
            StorageNames.Queues.Where(queue => !queue.EndsWith("-poison", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            queues.Order(StringComparer.Ordinal));
    }
}
