using System.Net;
using System.Text.Json.Nodes;
using ExportFunctions.TestHost;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Integration.Chaos;

namespace ExportFunctions.Tests.Worker;

/// <summary>The published app where something that it needs is missing.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerFaultTests(AzuriteFixture azurite, SchoolFixture school)
{
    [Fact]
    public async Task Answer_Is503_WhenStorageIsGone()
    {
        await using var storage = await FaultyStorage.StartAsync(azurite.NewAccount(), seed: 1);
        storage.IsFaulty = false;
        await using var host = await WorkerHosts.StartAsync(
            WorkerHosts.Settings(storage.ConnectionString, school.DatasetsFile), QueueListening.Off);
        using var client = WorkerHosts.ClientOf(host);
        await storage.DisposeAsync();

        var paths = new[] { $"/api/v1/exports/{Guid.CreateVersion7()}", "/api/v1/health" };
        var answers = await Task.WhenAll(paths.Select(path => client.Http.GetAsync(new Uri(path, UriKind.Relative))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        var problem = JsonNode.Parse(await answers[0].Content.ReadAsStringAsync())!;
        Assert.Equal("urn:exportfunctions:problem:storage-unavailable", problem["type"]!.GetValue<string>());
        Assert.Equal(TimeSpan.FromSeconds(5), answers[0].Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Start_SaysWhatIsWrong_WhenASettingIsNotAsItShouldBe()
    {
        var settings = WorkerHosts.Settings("not a connection string", school.DatasetsFile);

        var failure = await Assert.ThrowsAsync<WorkerStartException>(() => WorkerHosts.StartAsync(settings));

        // Before it called its host: nothing but its console says why.
        Assert.Contains("AzureWebJobsStorage is not a storage connection string", failure.Message, StringComparison.Ordinal);
    }
}
