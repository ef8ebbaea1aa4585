using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ExportFunctions.TestHost;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Worker.Identity;

/// <summary>The published app with a managed identity in place of the account's key.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerIdentityTests(SchoolFixture school)
{
    private const string ClientId = "7f3f4f6e-0d4b-4a55-9f0e-0c6b1a5d2e11";

    // The emulator's own, which its documentation names.
    private static readonly StorageSharedKeyCredential AccountKey =
        new(SecureAzurite.Account, "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_IsMadeAndFetched_WithTokensOfTheIdentityAlone()
    {
        await using var storage = await SecureAzurite.StartAsync();
        await using var identity = await IdentityEndpoint.StartAsync();
        using var files = storage.CreateClient();
        await using var host = await StartAsync(storage, identity, files);
        using var client = WorkerHosts.ClientOf(host);

        var id = await client.SubmitAsync("""{"dataset":"students","format":"csv"}""");
        var job = await client.WaitUntilFinalAsync(id);
        using var redirect = await client.Http.GetAsync(new Uri($"/api/v1/exports/{id}/file", UriKind.Relative));
        var link = new UriBuilder(redirect.Headers.Location!);

        Assert.Equal("succeeded", ExportClient.StatusOf(job));
        // Signed with a key that the identity was given, not with the account's. Azurite can't check such a signature of this API version.
        Assert.Contains("skoid=", link.Query, StringComparison.Ordinal);
        link.Query = "";
        var file = await new BlobClient(link.Uri, AccountKey, new BlobClientOptions { Transport = new HttpClientTransport(files) })
            .DownloadContentAsync();
        Assert.Equal(job["file"]!["sha256"]!.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(file.Value.Content)));
        Assert.NotEmpty(identity.Requests);
        Assert.All(
            identity.Requests,
            request => Assert.Equal(("https://storage.azure.com", ClientId), (request.Resource.TrimEnd('/'), request.ClientId)));
    }

    [Theory]
    [InlineData(IdentityAnswer.BrokenOff)]
    [InlineData(IdentityAnswer.None)]
    [InlineData(IdentityAnswer.Fault)]
    [InlineData(IdentityAnswer.ExpiredToken)]
    public async Task Outage_IsAnswered503WithinSeconds_AndExportsWaitForItsEnd(IdentityAnswer outage)
    {
        await using var storage = await SecureAzurite.StartAsync();
        await using var identity = await IdentityEndpoint.StartAsync();
        identity.Lifetime = TimeSpan.FromSeconds(5);
        using var files = storage.CreateClient();
        await using var host = await StartAsync(storage, identity, files);
        using var client = WorkerHosts.ClientOf(host);

        // The second waits for the first: one large export at a time.
        var running = await client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");
        await client.WaitAsync(running, job => job["rowsWritten"]!.GetValue<long>() > 0);
        var queued = await client.SubmitAsync("""{"dataset":"slow","format":"jsonl"}""");
        identity.Answer = outage;
        await UntilAsync(client, HttpStatusCode.ServiceUnavailable);
        var asked = Stopwatch.StartNew();
        using var refused = await client.Http.GetAsync(new Uri($"/api/v1/exports/{queued}", UriKind.Relative), Cancel);
        var waited = asked.Elapsed;
        identity.Answer = IdentityAnswer.Token;
        await UntilAsync(client, HttpStatusCode.OK);
        using var done = new CancellationTokenSource();
        var sweeping = SweepAsync(host, done.Token);
        var jobs = await Task.WhenAll(client.WaitUntilFinalAsync(running), client.WaitUntilFinalAsync(queued));
        await done.CancelAsync();
        await sweeping;

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        // It was 27 seconds.
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.All(jobs, job => Assert.Equal("succeeded", ExportClient.StatusOf(job)));
        Assert.All(jobs, job => Assert.InRange(job["attempt"]!.GetValue<int>(), 1, 4));
    }

    private static async Task UntilAsync(ExportClient client, HttpStatusCode expected)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await client.Http.GetAsync(new Uri("/api/v1/exports", UriKind.Relative), Cancel);
            if (answer.StatusCode == expected)
                return;

            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), $"It answers {answer.StatusCode}.");
            await Task.Delay(200, Cancel);
        }
    }

    /// <summary>The timers that take up exports whose worker or message was lost, once a second.</summary>
    private static async Task SweepAsync(WorkerHost host, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await host.TickAsync("RequeueStaleExports", CancellationToken.None);
            await host.TickAsync("TakeUpPoison", CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<WorkerHost> StartAsync(SecureAzurite storage, IdentityEndpoint identity, HttpClient client)
    {
        var settings = WorkerHosts.Settings(storage: "", school.DatasetsFile);
        settings.Remove("AzureWebJobsStorage");
        settings["Exports:LargeRows"] = "1000";
        settings["Exports:MaxLargeAtATime"] = "1";
        foreach (var service in new[] { "blob", "queue", "table" })
            settings[$"AzureWebJobsStorage__{service}ServiceUri"] = storage.UriOf(service);

        settings["AzureWebJobsStorage__credential"] = "managedidentity";
        settings["AzureWebJobsStorage__clientId"] = ClientId;
        settings["IDENTITY_ENDPOINT"] = identity.Url;
        settings["IDENTITY_HEADER"] = identity.Secret;
        settings["SSL_CERT_FILE"] = storage.CertificateFile;

        // The host's own access is no part of this test.
        var options = new QueueClientOptions { Transport = new HttpClientTransport(client) };
        return await WorkerHost.StartAsync(
            new WorkerHostOptions
            {
                AppFolder = await PublishedApp.FolderAsync(),
                Settings = settings,
                FunctionKey = WorkerHosts.Key,
                QueueService = new QueueServiceClient(new Uri(storage.UriOf("queue")), AccountKey, options),
            },
            TestContext.Current.CancellationToken);
    }
}
