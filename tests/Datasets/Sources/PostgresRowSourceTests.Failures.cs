using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Problems;
using Npgsql;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed partial class PostgresRowSourceTests
{
    [Theory]
    [InlineData("'NaN'::numeric", ColumnType.Decimal)]
    [InlineData("'Infinity'::numeric", ColumnType.Decimal)]
    [InlineData("'-Infinity'::numeric", ColumnType.Integer)]
    [InlineData("'NaN'::float8", ColumnType.Decimal)]
    [InlineData("'Infinity'::float8", ColumnType.Decimal)]
    [InlineData("'NaN'::real", ColumnType.Decimal)]
    [InlineData("'-Infinity'::real", ColumnType.Decimal)]
    [InlineData("7.5::numeric", ColumnType.Integer)]
    [InlineData("1e30::numeric", ColumnType.Integer)]
    [InlineData("'infinity'::timestamptz", ColumnType.Timestamp)]
    [InlineData("'-infinity'::timestamp", ColumnType.Timestamp)]
    [InlineData("timestamp '4713-01-01 BC'", ColumnType.Timestamp)]
    [InlineData("'-infinity'::date", ColumnType.Date)]
    [InlineData("date '10000-01-01'", ColumnType.Date)]
    [InlineData("'\\x00'::bytea", ColumnType.Integer)]
    [InlineData("'{1}'::int[]", ColumnType.Integer)]
    [InlineData("'seven'::text", ColumnType.Integer)]
    [InlineData("'24:00'::time", ColumnType.Time)]
    [InlineData("timestamp '2024-01-05 10:00'", ColumnType.Date)]
    [InlineData("timestamptz '2024-01-05 10:00'", ColumnType.LocalTimestamp)]
    [InlineData("now()", ColumnType.Date)]
    [InlineData("2", ColumnType.Boolean)]
    public async Task ReadAsync_NamesColumnAndType_WhenAValueIsNotOfIt(string sql, ColumnType type)
    {
        var dataset = Narrow($"SELECT {sql} AS c", type);

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(() => FirstAsync(dataset, filter: null));

        Assert.Equal(("value_unreadable", FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
        Assert.Contains("'c'", thrown.Failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE samples (other int)", "column_missing", "'id'")]
    [InlineData("CREATE TABLE others (other int)", "table_missing", "'samples'")]
    [InlineData("CREATE TABLE samples (\"id_c\"\"ol\" jsonb); INSERT INTO samples VALUES ('{}')", "column_missing", "'name'")]
    public async Task OpenAsync_FailsForGood_WhenTheSchemaHasChanged(string sql, string code, string named)
    {
        await ExecuteAsync(sql);

        var thrown =
            await Assert.ThrowsAsync<ExportFailureException>(() => Source(SampleRow.Dataset).OpenAsync(All(), CancellationToken.None));

        Assert.Equal((code, FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
        Assert.Contains(named, thrown.Failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELEKT everything", "query_invalid")]
    [InlineData("SELECT 1 / 0 AS c", "query_invalid")]
    public async Task OpenAsync_FailsForGood_WhenTheQueryCannotRun(string query, string code)
    {
        var dataset = Narrow(query, ColumnType.Integer);

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(() => FirstAsync(dataset, filter: null));

        Assert.Equal((code, FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
    }

    [Fact]
    public async Task OpenAsync_FailsForGood_WhenTheUserMayNotRead()
    {
        await AddSamplesAsync();
        var role = $"reader_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"CREATE ROLE {role} LOGIN");
        var restricted = new NpgsqlConnectionStringBuilder(_connectionString) { Username = role }.ConnectionString;

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(
            () => Source(SampleRow.Dataset, restricted).OpenAsync(All(), CancellationToken.None));

        Assert.Equal(("permission_denied", FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
    }

    [Fact]
    public async Task ReadAsync_FailsForNow_WhenTheServerEndsTheConnection()
    {
        await ExecuteAsync("CREATE TABLE big AS SELECT i AS c FROM generate_series(1, 300000) AS i");
        var dataset = Narrow("SELECT c FROM big", ColumnType.Integer);
        await using var reader =
            await Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, CancellationToken.None);

        await ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        var thrown = await Assert.ThrowsAsync<ExportFailureException>(async () =>
        {
            var batch = new RowBatch([ColumnType.Integer]);
            var more = true;
            while (more)
                more = await reader.ReadAsync(batch, CancellationToken.None);
        });

        Assert.Equal(("source_unavailable", FailureKind.Transient), (thrown.Failure.Code, thrown.Failure.Kind));
    }

    [Fact]
    public async Task CheckAsync_FailsForNow_WhenNobodyListens()
    {
        var gone = new DataSource("school", SourceProvider.Postgres, "Host=127.0.0.1;Port=1;Username=x;Database=x");

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(
            () => new PostgresRowSource(new DatasetCatalog([], [gone])).CheckAsync(gone, CancellationToken.None));

        Assert.Equal(("source_unavailable", FailureKind.Transient), (thrown.Failure.Code, thrown.Failure.Kind));
    }
}
