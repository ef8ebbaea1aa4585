using Grpc.Core;

namespace ExportFunctions.TestHost.Protocol;

/// <summary>Where the worker calls.</summary>
/// <param name="channel">The one worker's channel.</param>
internal sealed class FunctionRpcService(WorkerChannel channel) : FunctionRpc.FunctionRpcBase
{
    public override Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context) =>
        channel.RunAsync(requestStream, responseStream, context.CancellationToken);
}
