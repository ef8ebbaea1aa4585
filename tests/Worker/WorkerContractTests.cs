using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.OpenApi;

namespace ExportFunctions.Tests.Worker;

/// <summary>The published app against the document.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerContractTests(WorkerFixture worker) : OpenApiContract
{
    private protected override ExportClient Client => worker.Client;
}
