using Npgsql;

namespace ExportFunctions.Tests.Integration;

/// <summary>An export whose source takes longer for each range of a slice than a function may run.</summary>
[Integration]
public sealed class SlowSourceExportTests(AzuriteFixture azurite, PostgresServer postgres) : IDisposable
{
    // Five ranges of three seconds each. A run has one second, and stops at the first batch a third of a second after that.
    private const int Rows = 13_000;
    private const int Ranges = 5;

    // The planner may leave it out where the column isn't asked for, as it does where keys are sampled.
    private const string Nap =
        "CREATE FUNCTION nap(bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$ BEGIN PERFORM pg_sleep(0.001); RETURN $1; END $$";

    private const string Datasets = """
        {
          "sources": { "slow": { "provider": "postgres", "connectionString": "%SCHOOL_POSTGRES%" } },
          "datasets": [ { "name": "naps", "title": "Naps", "source": "slow", "query": "SELECT k AS id, n, nap(n) AS nap FROM naps", "key": ["id"],
            "columns": [ { "name": "id", "title": "ID", "type": "text" }, { "name": "n", "title": "Number", "type": "integer" }, { "name": "nap", "title": "Nap", "type": "integer" } ] } ]
        }
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.datasets.json");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("csv", "{}")]
    [InlineData("csv", """{"compression":"gzip"}""")]
    [InlineData("excel", "{}")]
    [InlineData("pdf", "{}")]
    public async Task File_IsMade_ByFunctionsOfWhichNoneCouldReadARange(string format, string options)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(
                $"{Nap}; CREATE TABLE naps (k text PRIMARY KEY, n bigint); INSERT INTO naps SELECT 'Ώρα ' || to_char(i, 'FM000000'), i"
                    + $" FROM generate_series(1, {Rows}) AS i; ANALYZE naps",
                connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(_file, Datasets, TestContext.Current.CancellationToken);
        var settings = TestApp.Settings(azurite.NewAccount(), _file);
        settings["SCHOOL_POSTGRES"] = connectionString;
        settings["Exports:SliceRows"] = "10000";
        settings["Exports:RunTime"] = "00:00:01";
        await using var app = await TestApp.StartAsync(settings);

        // The key is not among the columns.
        var id = await app.Client.SubmitAsync($$"""{"dataset":"naps","format":"{{format}}","options":{{options}},"columns":["n","nap"]}""");
        var file = await app.Client.DownloadAsync(id);

        Assert.Equal(Enumerable.Range(1, Rows), ExportedKeys.Of(format, GzipReading.Plain(file)));
        var job = await app.Client.GetAsync(id);
        Assert.Equal(Rows, job["rowsExpected"]!.GetValue<int>());
        Assert.InRange(job["file"]!["sliceBytes"]!.AsArray().Count, Ranges + 2, 40);
    }
}
