using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Many calls at once cost the app, and what is behind it, no more than one does.</summary>
[Integration]
public sealed class BurstTests(AzuriteFixture azurite, SchoolFixture school)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_OpensOneConnection_HoweverManyAskWhileTheDatabaseHangs()
    {
        using var database = new HungDatabase();
        await using var app = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), await DatasetsOfAsync(database)));
        var before = database.Connections;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => app.Http.GetAsync(new Uri("/api/v1/health", UriKind.Relative), Cancel)));
        var details = await app.Http.GetAsync(new Uri("/api/v1/health/details", UriKind.Relative), Cancel);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.InRange(database.Connections - before, 1, 2);
        var checks = (await details.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["checks"]!.AsArray();
        Assert.Equal(["storage healthy", "source school unhealthy"], checks.Select(check => $"{check!["name"]} {check["status"]}"));
    }

    [Fact]
    public async Task Events_AreRefused_WhenAsManyStreamsAreOpenAsMayBe_AndTakenOnceOneEnds()
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["Http:MaxEventStreams"] = "2";
        await using var app = await TestApp.StartAsync(
            settings, function => function.Name is "CreateExport" or "GetExportEvents" or "CancelExport");
        var events = new Uri($"/api/v1/exports/{await app.Client.SubmitAsync("""{"dataset":"courses"}""")}/events", UriKind.Relative);
        using var first = await OpenAsync(app, events);
        using var second = await OpenAsync(app, events);

        using var third = await OpenAsync(app, events);
        first.Dispose();
        using var fourth = await OpenOnceOneEndsAsync(app, events);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (second.StatusCode, third.StatusCode));
        Assert.NotNull(third.Headers.RetryAfter);
        var problem = await third.Content.ReadFromJsonAsync<JsonNode>(Cancel);
        Assert.Equal("urn:exportfunctions:problem:too-many-event-streams", problem!["type"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, fourth.StatusCode);
    }

    [Fact]
    public async Task AlertRules_AreAsManyAsMayBe_HoweverManyAreMadeAtOnce()
    {
        await using var app = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));

        var answers = await Task.WhenAll(Enumerable.Range(0, 110).Select(_ =>
            app.Client.PostAsync("""{"name":"Slow","metric":"duration","threshold":3600}""", "/api/v1/alerts/rules")));

        Assert.Equal(
            [(HttpStatusCode.Created, 100), (HttpStatusCode.Conflict, 10)],
            answers.GroupBy(answer => answer.StatusCode).Select(group => (group.Key, group.Count())).OrderBy(group => group.Key));
        var rules = await app.Http.GetFromJsonAsync<JsonNode>(new Uri("/api/v1/alerts/rules", UriKind.Relative), Cancel);
        Assert.Equal(100, rules!["items"]!.AsArray().Count);
    }

    private static Task<HttpResponseMessage> OpenAsync(TestApp app, Uri events) =>
        app.Http.GetAsync(events, HttpCompletionOption.ResponseHeadersRead, Cancel);

    private static async Task<HttpResponseMessage> OpenOnceOneEndsAsync(TestApp app, Uri events)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await OpenAsync(app, events);
            if (answer.IsSuccessStatusCode || tries == 100)
                return answer;

            answer.Dispose();
            await Task.Delay(100, Cancel);
        }
    }

    private async Task<string> DatasetsOfAsync(HungDatabase database)
    {
        var file = Path.Combine(Path.GetDirectoryName(school.DatasetsFile)!, "hung.datasets.json");
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
              "sources": { "school": { "provider": "postgres", "connectionString": "Host=127.0.0.1;Port={{database.Port}};Username=x" } },
              "datasets": [
                { "name": "courses", "title": "Courses", "source": "school", "key": ["id"], "query": "select id from courses",
                  "columns": [{ "name": "id", "title": "Id", "type": "integer" }] }
              ]
            }
            """,
            Cancel);
        return file;
    }

    /// <summary>A server that takes connections and says nothing.</summary>
    private sealed class HungDatabase : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _clients = [];

        public HungDatabase()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Connections
        {
            get
            {
                lock (_clients)
                    return _clients.Count;
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            lock (_clients)
                _clients.ForEach(client => client.Dispose());
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync();
                    lock (_clients)
                        _clients.Add(client);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
