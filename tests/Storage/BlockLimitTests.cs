using ExportFunctions.Exports;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Monitoring;

namespace ExportFunctions.Tests.Storage;

public sealed class BlockLimitTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Join_TakesFiftyThousandBlocks_AndNotOneMore()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var files = world.Get<ISliceFiles>();
        var job = new ExportJob
        {
            Id = Guid.CreateVersion7(),
            Status = ExportStatus.Running,
            Dataset = "students",
            Format = "csv",
            FileName = "students.csv",
            RequestJson = "{}",
            CreatedAt = world.Time.GetUtcNow(),
            EnqueuedAt = world.Time.GetUtcNow(),
            Attempt = 1,
        };

        await using (files.Join(job, "text/csv", [Content(0, 25_000), Content(100, 25_000)]))
        {
            var failure = Assert.Throws<ExportFailureException>(() => files.Join(job, "text/csv", [Content(0, 25_000), Content(100, 25_001)]));
            Assert.Equal(("file_too_large", FailureKind.Permanent), (failure.Failure.Code, failure.Failure.Kind));
        }
    }

    private static SliceContent Content(int number, int blocks) => new(Generation: 0, Number: number, Claim: 1, Blocks: blocks, Rows: 1, Bytes: 1, Sha256: "", Warnings: []);
}
