using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Tests.Integration;
using Npgsql;

namespace ExportFunctions.Tests.Datasets.Sources;

[Integration]
public sealed partial class PostgresRowSourceTests(PostgresServer server) : IAsyncLifetime
{
    private readonly SampleRow[] _rows = SampleRow.Make(200);
    private string _connectionString = "";

    public async ValueTask InitializeAsync() => _connectionString = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Exhaustive]
    [Fact]
    public async Task OpenAsync_AgreesWithTheReference_ForAnyQuery()
    {
        await AddSamplesAsync();

        await SourceContract.AgreesWithTheReferenceAsync(Source(SampleRow.Dataset), SampleRow.Dataset, _rows, iterations: 1_000);
    }

    [Fact]
    public async Task OpenAsync_GivesPagesThatMakeTheWhole_ForAnyOrder()
    {
        await AddSamplesAsync();

        await SourceContract.PagesMakeTheWholeAsync(Source(SampleRow.Dataset), SampleRow.Dataset);
    }

    [Fact]
    public async Task ReadAsync_ReadsEveryValue_OfEveryType()
    {
        await AddSamplesAsync();

        await SourceContract.ReadsEveryValueAsync(Source(SampleRow.Dataset), SampleRow.Dataset, _rows);
    }

    [Fact]
    public async Task ReadAsync_TakesTimestampsWithoutZoneAsUtc_WhateverTheServersZone()
    {
        await ExecuteAsync(
            $"ALTER DATABASE \"{new NpgsqlConnectionStringBuilder(_connectionString).Database}\" SET timezone = 'Asia/Tokyo'");
        NpgsqlConnection.ClearAllPools();
        var dataset = Narrow("SELECT timestamp '2026-01-01 10:00:00' AS c", ColumnType.Timestamp);
        var column = dataset.Columns[0];
        var ten = new DateTime(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc);

        var batch = await FirstAsync(dataset, new Comparison(column, FilterOperator.Eq, [ten]));

        Assert.Equal(ten, batch.GetTimestamp(0, 0));
    }

    [Theory]
    [InlineData("'; DROP TABLE samples; --")]
    [InlineData("\" OR 1=1 --")]
    [InlineData("%' OR '1'='1")]
    [InlineData("$1")]
    public async Task OpenAsync_MatchesSqlLiterally_InEveryTextOperator(string text)
    {
        await AddSamplesAsync(new SampleRow(1_000, text, null, null, null, null, null, null));
        var column = SampleRow.Dataset.FindColumn("name")!;
        FilterOperator[] operators =
            [FilterOperator.Eq, FilterOperator.In, FilterOperator.Contains, FilterOperator.StartsWith, FilterOperator.EndsWith];

        foreach (var filterOperator in operators)
        {
            var ids = await SourceContract.IdsAsync(
                Source(SampleRow.Dataset), All() with { Filter = new Comparison(column, filterOperator, [text]) });

            Assert.Equal([1_000], ids);
        }

        Assert.Equal(201, (await SourceContract.IdsAsync(Source(SampleRow.Dataset), All())).Length);
    }

    [Fact]
    public async Task ReadAsync_SeesOneSnapshot_WhenRowsAreAddedMeanwhile()
    {
        await AddSamplesAsync();
        await using var reader = await Source(SampleRow.Dataset).OpenAsync(All(), CancellationToken.None);
        var batch = new RowBatch([.. SampleRow.Dataset.Columns.Select(column => column.Type)], capacity: 10);

        await ExecuteAsync("DELETE FROM samples WHERE \"id_c\"\"ol\" % 2 = 0");
        var read = 0;
        while (await reader.ReadAsync(batch, CancellationToken.None))
            read += batch.Count;

        Assert.Equal((200, 200), (reader.RowsExpected, read));
    }

    [Fact]
    public async Task OpenAsync_CountsAndReadsOneSnapshot_WhenRowsAreDeletedInBetween()
    {
        await ExecuteAsync("CREATE TABLE few AS SELECT i AS c FROM generate_series(1, 10) AS i");
        var dataset = Narrow("SELECT c FROM few CROSS JOIN (SELECT pg_sleep(0.5)) AS pause", ColumnType.Integer);

        var opening = Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, CancellationToken.None);
        await ExecuteAsync(
            "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database())"
                + " LOOP PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
        await ExecuteAsync("DELETE FROM few WHERE c > 5");
        await using var reader = await opening;
        var batch = new RowBatch([ColumnType.Integer]);
        await reader.ReadAsync(batch, CancellationToken.None);

        Assert.Equal((10L, 10), (reader.RowsExpected, batch.Count));
    }

    [Fact]
    public async Task OpenAsync_Ends_WhenALongCountIsCanceled()
    {
        var dataset = Narrow("SELECT 1 AS c FROM pg_sleep(600)", ColumnType.Integer);
        using var canceling = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var opening = Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, canceling.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task DisposeAsync_DoesNotWaitForTheRest_WhenReadingStopsEarly()
    {
        // One row every 10 ms for about three hours: only a cancel ends it within the run.
        var dataset = Narrow(
            "SELECT i AS c, pg_sleep(CASE WHEN i > 2000 THEN 0.01 ELSE 0 END) FROM generate_series(1, 1000000) AS i",
            ColumnType.Integer) with
        { Key = [] };
        var rows = Narrow("SELECT 1 AS c", ColumnType.Integer);
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        var command = new NpgsqlCommand(dataset.Query, connection);
        var reader = new PostgresRowReader(
            new DataSource("school", SourceProvider.Postgres, ""),
            new RowQuery { Dataset = rows, Columns = rows.Columns },
            1_000_000,
            connection,
            command,
            await command.ExecuteReaderAsync());
        var batch = new RowBatch([ColumnType.Integer], capacity: 10);

        await reader.ReadAsync(batch, CancellationToken.None);
        await reader.DisposeAsync();

        Assert.Equal(10, batch.Count);
    }

    private static RowQuery All() => new() { Dataset = SampleRow.Dataset, Columns = SampleRow.Dataset.Columns };

    private static Dataset Narrow(string query, ColumnType type)
    {
        var column = new DatasetColumn { Name = "c", Title = "C", Type = type, SqlName = "c" };
        return new Dataset { Name = "narrow", Title = "Narrow", Source = "school", Query = query, Key = [column], Columns = [column] };
    }

    private PostgresRowSource Source(Dataset dataset, string? connectionString = null) =>
        new(new DatasetCatalog([dataset], [new DataSource("school", SourceProvider.Postgres, connectionString ?? _connectionString)]));

    private async Task<RowBatch> FirstAsync(Dataset dataset, Filter? filter)
    {
        await using var reader = await Source(dataset).OpenAsync(
            new RowQuery { Dataset = dataset, Columns = dataset.Columns, Filter = filter }, CancellationToken.None);
        var batch = new RowBatch([.. dataset.Columns.Select(column => column.Type)]);
        Assert.True(await reader.ReadAsync(batch, CancellationToken.None));
        return batch;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task AddSamplesAsync(params SampleRow[] more)
    {
        await ExecuteAsync("""
            CREATE TABLE samples ("id_c""ol" bigint PRIMARY KEY, "name_c""ol" text, "code_c""ol" varchar(40), "points_c""ol" bigint,
                "grade_c""ol" numeric, "active_c""ol" boolean, "born_c""ol" date, "seen_c""ol" timestamptz)
            """);
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var import = await connection.BeginBinaryImportAsync("COPY samples FROM STDIN BINARY");
        foreach (var row in _rows.Concat(more))
        {
            object?[] values = [row.Id, row.Name, row.Code, row.Points, row.Grade, row.Active, row.Born, row.Seen];
            await import.WriteRowAsync(CancellationToken.None, values!);
        }

        await import.CompleteAsync();
    }
}
