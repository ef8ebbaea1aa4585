
namespace ExportFunctions.TestHost.Protocol;

/// <summary>What host and worker agree on before the first call: what the worker can do, its functions, and that each is loaded.</summary>
internal static class Handshake
{
    public static async Task<(Uri Http, IReadOnlyList<WorkerFunction> Functions)> RunAsync(
        WorkerChannel channel, string appFolder, CancellationToken cancellationToken)
    {
        await channel.Started.WaitAsync(cancellationToken);
        var init = new WorkerInitRequest { HostVersion = "4.1000.0", WorkerDirectory = appFolder, FunctionAppDirectory = appFolder };
        var started = (await channel.AskAsync(new StreamingMessage { WorkerInitRequest = init }, cancellationToken)).WorkerInitResponse;
        Check(started.Result, "The worker refuses to start");

        var indexing = new FunctionsMetadataRequest { FunctionAppDirectory = appFolder };
        var indexed = (await channel.AskAsync(
            new StreamingMessage { FunctionsMetadataRequest = indexing }, cancellationToken)).FunctionMetadataResponse;
        Check(indexed.Result, "The worker can't list its functions");

        var loads = indexed.FunctionMetadataResults.Select(metadata => LoadAsync(channel, metadata, cancellationToken));
        return (new Uri(started.Capabilities["HttpUri"]), await Task.WhenAll(loads));
    }

    private static async Task<WorkerFunction> LoadAsync(
        WorkerChannel channel, RpcFunctionMetadata metadata, CancellationToken cancellationToken)
    {
        var load = new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata };
        var loaded = (await channel.AskAsync(new StreamingMessage { FunctionLoadRequest = load }, cancellationToken)).FunctionLoadResponse;
        Check(loaded.Result, $"{metadata.Name} is not loaded");
        return new WorkerFunction(metadata);
    }

    private static void Check(StatusResult result, string what)
    {
        if (result.Status != StatusResult.Types.Status.Success)
            throw new WorkerStartException($"{what}: {WorkerChannel.TextOf(result.Exception)}");
    }
}
