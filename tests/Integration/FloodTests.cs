using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>One caller asks for very much: others get their turn, and there is a limit.</summary>
[Integration]
public sealed class FloodTests(AzuriteFixture azurite, SchoolFixture school)
{
    private const int Flood = 300;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnExport_DoesNotWaitForTheFloodOfAnotherCaller()
    {
        await using var app = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));
        await Parallel.ForAsync(0, Flood, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (_, _) =>
            await app.Client.SubmitAsync("""{"dataset":"students","format":"excel"}"""));
        using var other = From("127.0.0.2", app.Http.BaseAddress!);

        var id = await SubmitAsync(other, """{"dataset":"courses","format":"csv"}""");
        await app.Client.WaitUntilFinalAsync(id);

        // All of them would have been before it in the order of the queue.
        var waiting = await app.Http.GetStringAsync(new Uri("/api/v1/exports?status=queued&pageSize=500", UriKind.Relative), Cancel);
        Assert.InRange(JsonNode.Parse(waiting)!["items"]!.AsArray().Count, Flood / 6, Flood);
    }

    [Fact]
    public async Task ACaller_HasSoManyExportsAtATime_HoweverManyAreAskedForAtOnce()
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["Exports:MaxActivePerCaller"] = "5";
        await using var app = await TestApp.StartAsync(
            settings, function => !function.Name.Contains("ProcessExport", StringComparison.Ordinal));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => app.Client.PostAsync("""{"dataset":"courses","format":"csv"}""")));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(
            "A caller may have 5 exports waiting and running. Wait until some have ended, or cancel those that are not needed.",
            JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancel))!["detail"]!.GetValue<string>());
        Assert.Equal(25, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        using var other = From("127.0.0.2", app.Http.BaseAddress!);
        await SubmitAsync(other, """{"dataset":"courses","format":"csv"}""");

        // A place is free again once an export has ended.
        var accepted = JsonNode.Parse(
            await answers.First(answer => answer.StatusCode == HttpStatusCode.Accepted)
                .Content.ReadAsStringAsync(Cancel))!["id"]!.GetValue<string>();
        using var deleted = await app.Http.DeleteAsync(new Uri($"/api/v1/exports/{accepted}", UriKind.Relative), Cancel);
        for (var tries = 0; ; tries++)
        {
            using var again = await app.Client.PostAsync("""{"dataset":"courses","format":"csv"}""");
            if (again.StatusCode == HttpStatusCode.Accepted)
                break;
            Assert.InRange(tries, 0, 100);
            await Task.Delay(100, Cancel);
        }
    }

    private static async Task<string> SubmitAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/exports", UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["id"]!.GetValue<string>();
    }

    /// <summary>A caller with an address of its own.</summary>
    private static HttpClient From(string address, Uri host) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, token) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = host,
    };
}
