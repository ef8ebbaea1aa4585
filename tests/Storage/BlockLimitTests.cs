using Azure.Storage.Blobs.Models;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Monitoring;

namespace ExportFunctions.Tests.Storage;

/// <summary>At the edge of what a block blob may have.</summary>
[Integration]
public sealed class BlockLimitTests(AzuriteFixture azurite)
{
    private static readonly StorageOptions Small = new() { BlockBytes = 16, BlocksInFlight = 16 };

    [Fact]
    public async Task Write_CommitsFiftyThousandBlocks()
    {
        var blob = new BlockStub();
        await using var stream = new BlockUploadStream(blob.Open(), "a000001-", Small);

        await stream.WriteAsync(new byte[50_000 * Small.BlockBytes], TestContext.Current.CancellationToken);
        await stream.FinishAsync(TestContext.Current.CancellationToken);
        await stream.CommitAsync(new CommitBlockListOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(50_000, blob.Staged.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Enumerable.Range(0, 50_000).Select(block => BlockUploadStream.BlockId("a000001-", block)), blob.Committed);
        Assert.Single(blob.Committed!.Select(id => id.Length).Distinct());
    }

    [Fact]
    public async Task Write_SaysWhichSettingHelps_WithOneByteMore()
    {
        var blob = new BlockStub();
        await using var stream = new BlockUploadStream(blob.Open(), "a000001-", Small);

        await stream.WriteAsync(new byte[(50_000 * Small.BlockBytes) + 1], TestContext.Current.CancellationToken);
        var failure =
            (await Assert.ThrowsAsync<ExportFailureException>(() => stream.FinishAsync(TestContext.Current.CancellationToken))).Failure;

        Assert.Equal(("file_too_large", FailureKind.Permanent), (failure.Code, failure.Kind));
        Assert.Contains("800,000 bytes", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("Storage:BlockBytes", failure.Reason, StringComparison.Ordinal);
        Assert.Null(blob.Committed);
    }

    [Fact]
    public async Task Join_TakesFiftyThousandBlocks_AndNotOneMore()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var files = world.Get<ISliceFiles>();
        var job = Job(world);

        await using (files.Join(job, "text/csv", [Content(0, 25_000), Content(100, 25_000)]))
        {
            var failure =
                Assert.Throws<ExportFailureException>(() => files.Join(job, "text/csv", [Content(0, 25_000), Content(100, 25_001)]));
            Assert.Equal(("file_too_large", FailureKind.Permanent), (failure.Failure.Code, failure.Failure.Kind));
        }
    }

    [Fact]
    public async Task Publish_SaysThatTheFileIsWrittenAnew_WhenBlocksAreGone()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var job = Job(world);
        await using var upload = world.Get<ISliceFiles>().Join(job, "text/csv", [Content(0, 2), Content(100, 1)]);

        var failure = (await Assert.ThrowsAsync<ExportFailureException>(
            () => upload.TryPublishAsync(new PublishedFile(3, 3, "", "text/csv", "", []), TestContext.Current.CancellationToken))).Failure;

        Assert.Equal(("blocks_lost", FailureKind.Transient), (failure.Code, failure.Kind));
        Assert.Null(await world.Get<IExportFileStore>().FindAsync(job, TestContext.Current.CancellationToken));
    }

    private static ExportJob Job(MetricsWorld world) => new()
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

    private static SliceContent Content(int number, int blocks) =>
        new(Generation: 0, Number: number, Claim: 1, Blocks: blocks, Rows: 1, Bytes: 1, Sha256: "", Warnings: []);
}
