using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Datasets.Sources;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExportFunctions.Tests.Integration;

/// <summary>Lists of 50,000 values, through the API to the file, from both databases, and what is kept of them.</summary>
[Integration]
public sealed class LargeFilterTests(AzuriteFixture azurite, PostgresServer postgres) : IDisposable
{
    private const int Rows = 60_000;
    private const int Values = 50_000;

    private readonly SqliteFile _file = new();
    private readonly string _datasets = Path.Combine(Path.GetTempPath(), $"exports-{Guid.CreateVersion7():N}.datasets.json");

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_datasets);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Export_HasTheRecordsOf50000Values_OfIntegersAndOfTexts(string provider)
    {
        await using var app = await StartAsync(provider);

        foreach (var (column, list) in new[] { ("id", Integers()), ("token", Tokens()) })
        {
            var filter = $$"""{"column":"{{column}}","op":"in","value":[{{list}}]}""";
            var body = $$"""{"dataset":"tokens","format":"csv","columns":["id"],"sort":["id"],"filter":{{filter}}}""";
            var id = await app.Client.SubmitAsync(body);
            var csv = Encoding.UTF8.GetString(await app.Client.DownloadAsync(id));

            var expected = Enumerable.Range(1, Values).Select(n => n.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(expected, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1));
            Assert.Single(await FiltersAsync(app));

            using var deleted = await app.Http.DeleteAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            Assert.Empty(await FiltersAsync(app));
        }
    }

    [Fact]
    public async Task Create_GivesTheSameJobAndKeepsOneFilter_WhenALargeRequestIsRepeated()
    {
        await using var app = await StartAsync("sqlite");
        var body = $$$"""{"dataset":"tokens","format":"csv","filter":{"column":"token","op":"in","value":[{{{Tokens()}}}]}}""";

        using var first = await app.Client.PostAsync(body, idempotencyKey: "once");
        using var again = await app.Client.PostAsync(body, idempotencyKey: "once");

        Assert.Equal(await IdOfAsync(first), await IdOfAsync(again));
        Assert.Single(await FiltersAsync(app));
    }

    [Fact]
    public async Task Schedule_ShowsItsWholeRequestAndRunsIt_WhenItsFilterIsLarge()
    {
        await using var app = await StartAsync("sqlite");
        var schedules = new ScheduleClient(app.Http);
        var export = $$$"""{"dataset":"tokens","format":"csv","filter":{"column":"token","op":"in","value":[{{{Tokens()}}}]}}""";

        var (schedule, _) = await schedules.MakeAsync($$"""{"name":"Large","frequency":"daily","time":"03:00","export":{{export}}}""");
        var id = ScheduleClient.IdOf(schedule);
        var shown = (await app.Http.GetFromJsonAsync<JsonNode>($"/api/v1/schedules/{id}"))!;
        using var started = await schedules.SendAsync(HttpMethod.Post, $"/{id}/run");
        var job = await app.Client.WaitUntilFinalAsync(await IdOfAsync(started, "exportId"));
        using var deleted = await schedules.SendAsync(HttpMethod.Delete, $"/{id}", ifMatch: "*");

        Assert.Equal(Values, shown["export"]!["filter"]!["value"]!.AsArray().Count);
        Assert.Equal(("succeeded", Values), (ExportClient.StatusOf(job), job["rowsWritten"]!.GetValue<int>()));
        Assert.All(await FiltersAsync(app), name => Assert.StartsWith("jobs/", name, StringComparison.Ordinal));
    }

    private static string Integers() => string.Join(',', Enumerable.Range(1, Values).Select(n => n.ToString(CultureInfo.InvariantCulture)));

    private static string Tokens() => string.Join(',', Enumerable.Range(1, Values).Select(n => $"\"{TokenOf(n)}\""));

    private static Guid TokenOf(int n)
    {
        var bytes = new byte[16];
        new Random(n).NextBytes(bytes);
        return new Guid(bytes);
    }

    private static async Task<string> IdOfAsync(HttpResponseMessage answer, string name = "id") =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>())![name]!.GetValue<string>();

    private static async Task<List<string>> FiltersAsync(TestApp app)
    {
        var names = new List<string>();
        var container = app.Services.GetRequiredService<StorageAccount>().Blobs.GetBlobContainerClient(StorageNames.FiltersContainer);
        await foreach (var blob in container.GetBlobsAsync())
            names.Add(blob.Name);
        return names;
    }

    private async Task<TestApp> StartAsync(string provider)
    {
        var connectionString = provider == "sqlite" ? AddToSqlite() : await AddToPostgresAsync();
        await File.WriteAllTextAsync(_datasets, $$"""
            {
              "sources": { "school": { "provider": "{{provider}}", "connectionString": "{{connectionString}}" } },
              "datasets": [
                { "name": "tokens", "source": "school", "table": "tokens", "key": ["id"],
                  "columns": [ { "name": "id", "type": "integer" }, { "name": "token", "type": "identifier" } ] }
              ]
            }
            """);
        return await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), _datasets));
    }

    private string AddToSqlite()
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;

        // Without an index on the token: every record is held against the whole list.
        command.CommandText = "CREATE TABLE tokens (id INTEGER PRIMARY KEY, token TEXT)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO tokens VALUES ($id, $token)";
        var (id, token) = (command.Parameters.AddWithValue("$id", 0L), command.Parameters.AddWithValue("$token", ""));
        for (var n = 1; n <= Rows; n++)
        {
            (id.Value, token.Value) = ((long)n, TokenOf(n).ToString());
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        return $"Data Source={_file.Path}";
    }

    private async Task<string> AddToPostgresAsync()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("CREATE TABLE tokens (id bigint PRIMARY KEY, token uuid)", connection);
        await command.ExecuteNonQueryAsync();
        await using var import = await connection.BeginBinaryImportAsync("COPY tokens FROM STDIN BINARY");
        for (var n = 1; n <= Rows; n++)
            await import.WriteRowAsync(CancellationToken.None, (long)n, TokenOf(n));
        await import.CompleteAsync();
        return connectionString;
    }
}
