using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Integration;

/// <summary>Messages that nothing can be done with, in every queue: they come to an end, and the operator sees them.</summary>
[Integration]
public sealed class PoisonTests(AzuriteFixture azurite, SchoolFixture school)
{
    private const string Path = "/api/v1/poison";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string[] Sent = [.. StorageNames.Queues.Where(name => !name.EndsWith("-poison", StringComparison.Ordinal))];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_EndWithTheOperator_WhateverIsWrongWithThem()
    {
        var account = azurite.NewAccount();
        await using (await TestApp.StartAsync(TestApp.Settings(account, school.DatasetsFile)))
        {
            // Makes the queues.
        }

        foreach (var name in StorageNames.Queues)
        {
            var queue = new QueueClient(account, name);
            await queue.SendMessageAsync("!! not Base64 !!", Cancel);
            await queue.SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"version":99}""")), Cancel);
        }

        // Five tries take five of these.
        var settings = TestApp.Settings(account, school.DatasetsFile);
        settings["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:01";
        await using var app = await TestApp.StartAsync(settings);
        var kept = await WaitAsync(app, items => items.Count == 4 * Sent.Length);

        // Those of the poison queues are called by the queue that they were sent to.
        foreach (var name in Sent)
        {
            var ofQueue = kept.Where(message => message["queue"]!.GetValue<string>() == name).ToList();
            Assert.Equal(4, ofQueue.Count);
            Assert.Equal(
                2, ofQueue.Count(
                    message => message["isReadable"]!.GetValue<bool>() && message["body"]!.GetValue<string>() == """{"version":99}"""));
            Assert.Equal(
                2, ofQueue.Count(
                    message => !message["isReadable"]!.GetValue<bool>() && message["body"]!.GetValue<string>() == "!! not Base64 !!"));
        }

        foreach (var name in StorageNames.Queues)
            Assert.Equal(0, (await new QueueClient(account, name).GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);
        await AssertReplayAndDropAsync(app, kept);
    }

    private static async Task AssertReplayAndDropAsync(TestApp app, IReadOnlyList<JsonNode> kept)
    {
        var readable = kept.First(message => message["isReadable"]!.GetValue<bool>())["id"]!.GetValue<string>();
        var unreadable = kept.First(message => !message["isReadable"]!.GetValue<bool>())["id"]!.GetValue<string>();
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await app.Http.PostAsync(new Uri($"{Path}/{unreadable}/replay", UriKind.Relative), content: null, Cancel)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NoContent, (await app.Http.DeleteAsync(new Uri($"{Path}/{unreadable}", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound, (await app.Http.DeleteAsync(new Uri($"{Path}/{unreadable}", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await app.Http.PostAsync(new Uri($"{Path}/{readable}/replay", UriKind.Relative), content: null, Cancel)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await app.Http.PostAsync(new Uri($"{Path}/{readable}/replay", UriKind.Relative), content: null, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync(new Uri($"{Path}/nonsense", UriKind.Relative), Cancel)).StatusCode);
    }

    private static async Task<IReadOnlyList<JsonNode>> WaitAsync(TestApp app, Func<IReadOnlyList<JsonNode>, bool> isReached)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var page = JsonNode.Parse(await app.Http.GetStringAsync(new Uri($"{Path}?pageSize=200", UriKind.Relative), Cancel))!;
            var items = page["items"]!.AsArray().Select(item => item!).ToList();
            if (isReached(items))
                return items;

            var counts = items.CountBy(item => (item["queue"]!.GetValue<string>(), item["isReadable"]!.GetValue<bool>()));
            Assert.True(waited.Elapsed < Patience, string.Join(", ", counts));
            await Task.Delay(500, Cancel);
        }
    }
}
