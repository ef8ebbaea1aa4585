using Azure.Core;
using Azure.Core.Pipeline;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Maintenance;

/// <summary>
/// Kills a host at a chosen call to the storage account, on the way there or on the way back: from then on no call gets through, as with
/// a process that is gone.
/// </summary>
internal sealed class FusePolicy(Fuse fuse) : HttpPipelinePolicy
{
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        new(fuse.PassAsync(() => ProcessNextAsync(message, pipeline).AsTask()));

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Call asynchronously.");
}
