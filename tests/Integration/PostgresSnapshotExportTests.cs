using System.Globalization;
using System.Text;
using Npgsql;

namespace ExportFunctions.Tests.Integration;

/// <summary>Exports in slices while the table is written to: with a snapshot the file is one moment of it.</summary>
[Integration]
public sealed class PostgresSnapshotExportTests(AzuriteFixture azurite, PostgresServer postgres) : IDisposable
{
    private const int Rows = 60_000;
    private const long Each = 1000;

    private const string Datasets = """
        {
          "sources": { "bank": { "provider": "postgres", "connectionString": "%SCHOOL_POSTGRES%" } },
          "datasets": [ { "name": "accounts", "title": "Accounts", "source": "bank", "table": "accounts", "key": ["id"],
            "columns": [ { "name": "id", "title": "ID", "type": "integer" }, { "name": "amount", "title": "Amount", "type": "integer" } ] } ]
        }
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.datasets.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task File_IsOneMomentOfTheTable_WhileItIsWrittenTo()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await ExecuteAsync(
            connectionString,
            $"CREATE TABLE accounts (id bigint PRIMARY KEY, amount bigint); INSERT INTO accounts SELECT i * 1000, {Each} FROM"
                + $" generate_series(1, {Rows}) AS i; ANALYZE accounts");
        await File.WriteAllTextAsync(_file, Datasets);
        var settings = TestApp.Settings(azurite.NewAccount(), _file);
        settings["SCHOOL_POSTGRES"] = connectionString;
        settings["Exports:SliceRows"] = "4000";
        await using var app = await TestApp.StartAsync(settings);
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(connectionString, stop.Token);

        var files = new List<(int Slices, List<long[]> Rows)>();
        for (var export = 0; export < 3; export++)
        {
            var id = await app.Client.SubmitAsync("""{"dataset":"accounts","format":"csv","snapshot":true}""");
            var rows =
                Encoding.UTF8.GetString(await app.Client.DownloadAsync(id)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(line => line.Split(',').Select(cell => long.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
            files.Add(((await app.Client.GetAsync(id))["file"]!["sliceBytes"]!.AsArray().Count, rows));
        }

        await stop.CancelAsync();
        Assert.True(await writing > 50);
        Assert.All(files, file => Assert.InRange(file.Slices, 10, 30));
        Assert.All(files, file => Assert.Equal((Rows, Rows * Each), (file.Rows.Count, file.Rows.Sum(row => row[1]))));
        Assert.All(files, file => Assert.Equal(file.Rows.Select(row => row[0]).Order(), file.Rows.Select(row => row[0])));
        Assert.NotEqual(files[0].Rows.Select(row => row[0]), files[^1].Rows.Select(row => row[0]));
    }

    [Fact]
    public async Task Snapshot_MustBeTrueOrFalse()
    {
        await using var app = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), await WriteDatasetsAsync()));

        using var response = await app.Client.PostAsync("""{"dataset":"accounts","snapshot":"yes"}""");

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            "Must be true or false",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private async Task<string> WriteDatasetsAsync()
    {
        await File.WriteAllTextAsync(_file, Datasets.Replace("%SCHOOL_POSTGRES%", "Host=127.0.0.1;Port=1", StringComparison.Ordinal));
        return _file;
    }

    /// <summary>
    /// Moves money from account to account, and accounts from key to key: their number and sum stay what they are, in each transaction
    /// alone.
    /// </summary>
    private static async Task<int> WriteAsync(string connectionString, CancellationToken stop)
    {
        var (random, transactions) = (new Random(7), 0);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(CancellationToken.None);
        for (; !stop.IsCancellationRequested; transactions++)
        {
            var (from, to, moved) = (random.Next(1, Rows / 2), random.Next(Rows / 2, Rows), random.Next(1, Rows));
            await using var command = new NpgsqlCommand(
                FormattableString.Invariant($"""
                    BEGIN;
                    UPDATE accounts SET amount = amount - 7 WHERE id BETWEEN {from * 1000L} AND {(from * 1000L) + 999};
                    UPDATE accounts SET amount = amount + 7 * (SELECT count(*) FROM accounts WHERE id BETWEEN {from * 1000L} AND {(from * 1000L) + 999}) WHERE id = (SELECT min(id) FROM accounts WHERE id > {to * 1000L});
                    UPDATE accounts SET id = {((Rows + 1) * 1000L) - (moved * 1000L) + 1 + (transactions % 900)} WHERE id = {moved * 1000L};
                    COMMIT
                    """),
                connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }

        return transactions;
    }

    private static async Task ExecuteAsync(string connectionString, string statements)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statements, connection);
        await command.ExecuteNonQueryAsync();
    }
}
