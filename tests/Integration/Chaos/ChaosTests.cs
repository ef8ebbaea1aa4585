using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using ExportFunctions.Exports.Files;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Integration.Chaos;

/// <summary>
/// Sliced exports on two hosts while storage fails by chance, hosts are killed and messages come twice: one correct file each time.
/// <c>CHAOS_ROUNDS</c> says how often; <c>CHAOS_SEED</c> repeats what was drawn, as far as chance is the test's own.
/// </summary>
[Integration]
public sealed class ChaosTests(AzuriteFixture azurite, SchoolFixture school)
{
    private const int Grades = SchoolFixture.Students * 10;
    private const int MaxKills = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("csv")]
    [InlineData("excel")]
    [InlineData("pdf")]
    public async Task Export_IsOneCorrectFile_WhateverFails(string format)
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("CHAOS_ROUNDS") ?? "1", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("CHAOS_SEED") ?? "1", CultureInfo.InvariantCulture);
        for (var round = 0; round < rounds; round++)
            await RunAsync(format, seed + round);
    }

    private async Task RunAsync(string format, int seed)
    {
        var random = new Random(seed);
        var storage = azurite.NewAccount();
        await using var faulty = await FaultyStorage.StartAsync(storage, seed);
        var settings = Settings(faulty.ConnectionString);
        var hosts = new List<HostProcess> { await StartAsync(settings), await StartAsync(settings) };
        try
        {
            var started = Stopwatch.StartNew();
            var id = await SubmitAsync(hosts[0], format, seed);
            var (kills, job) = (0, default(JsonNode));
            while (job is null || ExportClient.StatusOf(job) is "queued" or "running")
            {
                Assert.True(started.Elapsed < Patience, $"Round {seed}: {job} {string.Join('\n', hosts.Select(host => host.Output))}");
                await Task.Delay(random.Next(200, 1500), TestContext.Current.CancellationToken);
                await DuplicateAsync(storage);
                if (kills < MaxKills && random.Next(3) == 0)
                {
                    var killed = random.Next(hosts.Count);
                    await hosts[killed].KillAsync();
                    await hosts[killed].DisposeAsync();
                    hosts.RemoveAt(killed);
                    hosts.Insert(killed, await StartAsync(settings));
                    kills++;
                }

                job = await TryGetAsync(hosts[0], id) ?? job;
            }

            faulty.IsFaulty = false;
            Assert.True(ExportClient.StatusOf(job) == "succeeded", $"Round {seed}: {job}");
            await CheckAsync(hosts[0], storage, id, format, job);
            var (faults, calls) = faulty.Count;
            TestContext.Current.TestOutputHelper!.WriteLine($"{format}, round {seed}: {kills} kills, {faults} faults in {calls} calls, {started.Elapsed.TotalSeconds:0} s, attempt {job["attempt"]}.");
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    private static async Task CheckAsync(HostProcess host, string storage, string id, string format, JsonNode job)
    {
        var bytes = await host.Client.DownloadAsync(id);
        Assert.Equal(Enumerable.Range(1, Grades), ExportedKeys.Of(format, bytes));

        using var digest = new FileDigest([.. job["file"]!["sliceBytes"]!.AsArray().Select(size => size!.GetValue<long>())]);
        digest.Append(bytes);
        Assert.Equal(job["file"]!["sha256"]!.GetValue<string>(), digest.Finish());
        var blobs = new BlobServiceClient(storage).GetBlobContainerClient(StorageNames.FilesContainer);
        Assert.Equal(2, blobs.GetBlobs(
            traits: BlobTraits.None, states: BlobStates.Uncommitted, prefix: null, cancellationToken: CancellationToken.None).Count());
    }

    /// <summary>Sends a message again that is in the queue, as a queue that delivers at least once may.</summary>
    private static async Task DuplicateAsync(string storage)
    {
        var queue = new QueueClient(storage, StorageNames.SliceQueue);
        var peeked = await queue.PeekMessagesAsync(4);
        foreach (var message in peeked.Value)
            await queue.SendMessageAsync(message.Body);
    }

    private static async Task<HostProcess> StartAsync(Dictionary<string, string?> settings)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await HostProcess.StartAsync(settings);
            }
            catch (InvalidOperationException) when (tries < 5)
            {
                // Storage failed it while it started: a service manager starts it again.
            }
        }
    }

    private static async Task<string> SubmitAsync(HostProcess host, string format, int seed)
    {
        for (var tries = 1; ; tries++)
        {
            using var response = await host.Client.PostAsync(
                $$"""{"dataset":"slow","format":"{{format}}","retry":{"count":10,"delay":"00:00:01"} }""",
                idempotencyKey: FormattableString.Invariant($"round-{seed}"));
            if (response.StatusCode == HttpStatusCode.Accepted)
                return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();

            Assert.InRange(tries, 1, 20);
            await Task.Delay(200);
        }
    }

    private static async Task<JsonNode?> TryGetAsync(HostProcess host, string id)
    {
        using var response = await host.Client.Http.GetAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative));
        return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
    }

    private Dictionary<string, string?> Settings(string storage)
    {
        var settings = TestApp.Settings(storage, school.DatasetsFile);
        settings["Exports:SliceRows"] = "8000";
        settings["Exports:LeaseDuration"] = "00:00:03";
        settings["Exports:SliceLeaseDuration"] = "00:00:03";
        settings["Exports:HeartbeatInterval"] = "00:00:00.3";
        settings["Exports:RunTime"] = "00:00:04";
        settings["Storage:BlockBytes"] = "65536";
        return settings;
    }
}
