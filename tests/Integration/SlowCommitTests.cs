using System.Diagnostics;
using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration.Chaos;

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// Exports that are deleted or canceled while the call that makes their file visible is on its way, two seconds each time.
/// </summary>
[Integration]
public sealed class SlowCommitTests(AzuriteFixture azurite, SchoolFixture school)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_LeavesNothingInTheContainer_HoweverSlowTheCommitIs()
    {
        var storage = azurite.NewAccount();
        await using var slow = await FaultyStorage.StartAsync(storage, seed: 1);
        (slow.IsFaulty, slow.CommitDelay) = (false, TimeSpan.FromSeconds(2));
        await using var app = await TestApp.StartAsync(TestApp.Settings(slow.ConnectionString, school.DatasetsFile));
        var random = new Random(1);
        for (var round = 0; round < 4; round++)
        {
            var ids = new List<string>();
            for (var count = 0; count < 4; count++)
                ids.Add(await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}"""));
            await Task.Delay(random.Next(0, 2500), Cancel);
            foreach (var id in ids)
            {
                using var deleted = await app.Http.DeleteAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative), Cancel);
                Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            }
        }

        await WaitUntilEmptyAsync(storage);
    }

    [Fact]
    public async Task Cancel_HoldsWheneverItWasAccepted_HoweverSlowTheCommitIs()
    {
        var storage = azurite.NewAccount();
        await using var slow = await FaultyStorage.StartAsync(storage, seed: 1);
        (slow.IsFaulty, slow.CommitDelay) = (false, TimeSpan.FromSeconds(2));
        await using var app = await TestApp.StartAsync(TestApp.Settings(slow.ConnectionString, school.DatasetsFile));
        var (random, accepted, kept) = (new Random(2), new List<string>(), new List<string>());
        for (var round = 0; round < 4; round++)
        {
            var ids = new List<string>();
            for (var count = 0; count < 4; count++)
                ids.Add(await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}"""));
            await Task.Delay(random.Next(0, 2500), Cancel);
            foreach (var id in ids)
            {
                using var canceled = await app.Http.PostAsync(
                    new Uri($"/api/v1/exports/{id}/cancel", UriKind.Relative), content: null, Cancel);
                (canceled.StatusCode == HttpStatusCode.Accepted ? accepted : kept).Add(id);
            }
        }

        foreach (var id in accepted)
            Assert.Equal("canceled", ExportClient.StatusOf(await app.Client.WaitUntilFinalAsync(id)));
        foreach (var id in kept)
            Assert.Equal("succeeded", ExportClient.StatusOf(await app.Client.WaitUntilFinalAsync(id)));
        Assert.NotEmpty(accepted);
        await WaitAsync(async () => (await NamesAsync(storage)).Select(name => name[11..43]).Distinct().Order().SequenceEqual(
            kept.Select(id => Guid.Parse(id).ToString("N")).Order()));
    }

    [Fact]
    public async Task Delete_LeavesNoSlices_WhenTheExportIsBeingCut()
    {
        var storage = azurite.NewAccount();
        var settings = TestApp.Settings(storage, school.DatasetsFile);
        settings["Exports:SliceRows"] = "500";
        settings["Storage:BlockBytes"] = "65536";
        await using var app = await TestApp.StartAsync(settings);
        for (var round = 0; round < 8; round++)
        {
            var id = await app.Client.SubmitAsync("""{"dataset":"grades","format":"csv"}""");
            await Task.Delay(round * 40, Cancel);
            using var deleted = await app.Http.DeleteAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        await WaitUntilEmptyAsync(storage);
        var slices = new TableServiceClient(storage).GetTableClient(StorageNames.SlicesTable);
        await WaitAsync(() => Task.FromResult(!slices.Query<TableEntity>(cancellationToken: Cancel).Any()));
    }

    private static Task WaitUntilEmptyAsync(string storage) => WaitAsync(async () => (await NamesAsync(storage)).Count == 0);

    private static async Task<List<string>> NamesAsync(string storage)
    {
        var names = new List<string>();
        await foreach (var blob in new BlobServiceClient(storage).GetBlobContainerClient(
            StorageNames.FilesContainer).GetBlobsAsync(cancellationToken: Cancel))
            names.Add(blob.Name);
        return names;
    }

    /// <summary>Waits until something holds, and looks again after a while: nothing appears late.</summary>
    private static async Task WaitAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < Patience, "Something is left behind.");
            await Task.Delay(200, Cancel);
        }

        await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
        Assert.True(await holds(), "Something appeared late.");
    }
}
