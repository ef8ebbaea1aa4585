using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Worker;

/// <summary>An export's whole way through the published app: HTTP, queue, file.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerExportTests(WorkerFixture worker)
{
    [Theory]
    [InlineData("csv")]
    [InlineData("excel")]
    [InlineData("pdf")]
    public async Task File_HasTheHashThatJobAndManifestSay_WhenItIsFetchedThroughTheRedirect(string format)
    {
        var id = await worker.Client.SubmitAsync($$"""{"dataset":"students","format":"{{format}}"}""");

        var file = await worker.Client.DownloadAsync(id);

        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        var job = await worker.Client.GetAsync(id);
        Assert.Equal(hash, job["file"]!["sha256"]!.GetValue<string>());
        Assert.Equal(hash, (await ManifestAsync(id))["parts"]![0]!["sha256"]!.GetValue<string>());
        Assert.Equal(SchoolFixture.Students, job["rowsWritten"]!.GetValue<int>());
    }

    [Fact]
    public async Task Events_TellTheJobUntilItIsDone()
    {
        var id = await worker.Client.SubmitAsync("""{"dataset":"grades","format":"csv"}""");

        var events = await worker.Client.Http.GetStringAsync(new Uri($"/api/v1/exports/{id}/events", UriKind.Relative));

        var all = events.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('\n')).ToArray();
        Assert.All(all[..^1], lines => Assert.Equal("event: progress", lines[0]));
        Assert.Equal("event: done", all[^1][0]);
        Assert.Equal("succeeded", ExportClient.StatusOf(JsonNode.Parse(all[^1][1]["data: ".Length..])!));
    }

    [Fact]
    public async Task Events_EndWithTheirCaller_AndAreNoFault()
    {
        var logged = worker.Host.Logs.Count;
        var id = await worker.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");
        await worker.Client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > 0);

        using (var response = await worker.Client.Http.GetAsync(
            new Uri($"/api/v1/exports/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        using (var reader = new StreamReader(await response.Content.ReadAsStreamAsync()))
            Assert.Equal("event: progress", await reader.ReadLineAsync());

        // The export itself goes on.
        await Waiting.UntilAsync(() => worker.Host.Running <= 1);
        using var canceled = await worker.Client.PostAsync("", $"/api/v1/exports/{id}/cancel");
        await worker.Client.WaitUntilFinalAsync(id);
        Assert.DoesNotContain(worker.Host.Logs.Skip(logged), log => log.Level is "Error" or "Critical");
    }

    [Fact]
    public async Task Job_IsCanceled_WhileItRuns()
    {
        var id = await worker.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");
        await worker.Client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > 0);

        using var canceled = await worker.Client.PostAsync("", $"/api/v1/exports/{id}/cancel");

        var job = await worker.Client.WaitUntilFinalAsync(id);
        Assert.Equal("canceled", ExportClient.StatusOf(job));
    }

    private async Task<JsonNode> ManifestAsync(string id)
    {
        var container = new BlobServiceClient(worker.Storage).GetBlobContainerClient(StorageNames.FilesContainer);
        var name = container.GetBlobs().Select(blob => blob.Name)
            .Single(name => name.Contains(id.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal) && name.EndsWith(
                ".manifest.json", StringComparison.Ordinal));
        return JsonNode.Parse((await container.GetBlobClient(name).DownloadContentAsync()).Value.Content)!;
    }
}
