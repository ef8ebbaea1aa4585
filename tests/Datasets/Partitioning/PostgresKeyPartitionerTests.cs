using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Datasets.Sources;
using ExportFunctions.Tests.Integration;
using Npgsql;

namespace ExportFunctions.Tests.Datasets.Partitioning;

[Integration]
public sealed class PostgresKeyPartitionerTests(PostgresServer server) : IAsyncLifetime
{
    // Many small records, so that a draw of pages has pages to draw.
    private const int Rows = 120_000;

    private string _connectionString = "";

    public async ValueTask InitializeAsync() => _connectionString = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("bigint", "i::bigint * i", ColumnType.Integer)]
    [InlineData("int", "i * 7", ColumnType.Integer)]
    [InlineData("numeric", "sqrt(i)::numeric(20, 10)", ColumnType.Decimal)]
    [InlineData("text", "md5(i::text)", ColumnType.Text)]
    [InlineData("varchar(40)", "'Ώρα ''' || (i % 100) || '\" ' || i", ColumnType.Text)]
    [InlineData("timestamptz", "timestamptz '2026-03-29 00:00:00.000001+02' + (i ^ 1.5) * interval '1 ms'", ColumnType.Timestamp)]
    [InlineData("timestamp", "timestamp '2026-01-01' + i * interval '1 us'", ColumnType.Timestamp)]
    [InlineData("date", "date '0001-01-01' + i", ColumnType.Date)]
    [InlineData("uuid", "md5(i::text)::uuid", ColumnType.Identifier)]
    public async Task Ranges_HoldEveryRecordOnce_AndAreBalanced_ForEveryTypeOfKey(string type, string value, ColumnType columnType)
    {
        await ExecuteAsync(
            $"CREATE TABLE cut (k {type} PRIMARY KEY, n bigint)",
            $"INSERT INTO cut SELECT {value}, i FROM generate_series(1, {Rows}) AS i ORDER BY random()",
            "ANALYZE cut");

        var ranges = await HoldsAsync(PartitioningContract.Of("cut", query: null, ("k", columnType)), size: 20_000);

        AssertBalanced(ranges, 20_000);
    }

    [Fact]
    public async Task Ranges_AreBalanced_WhenKeysLieInHeapsAndTheTableIsInTheirOrder()
    {
        // Nine in ten keys lie in a hundredth of the range, and neighbours share a page.
        await ExecuteAsync(
            "CREATE TABLE cut (k bigint PRIMARY KEY, n bigint)",
            $"INSERT INTO cut SELECT CASE WHEN i % 10 = 0 THEN i * 1000000::bigint ELSE i END, i FROM generate_series(1, {Rows}) AS i"
                + " ORDER BY 1",
            "ANALYZE cut");

        AssertBalanced(await HoldsAsync(PartitioningContract.Of("cut", query: null, ("k", ColumnType.Integer)), size: 20_000), 20_000);
    }

    [Fact]
    public async Task Ranges_GoByTheWholeKey_WhenItHasSeveralColumns()
    {
        // One value of the first column has half of the records.
        await ExecuteAsync(
            "CREATE TABLE cut (a text, b int, c timestamptz, n bigint, PRIMARY KEY (a, b, c))",
            "INSERT INTO cut SELECT CASE WHEN i % 2 = 0 THEN 'M' ELSE chr(65 + i % 26) END, i % 1000, timestamptz '2026-01-01' + i *"
                + $" interval '1 s', i FROM generate_series(1, {Rows}) AS i",
            "ANALYZE cut");
        var dataset =
            PartitioningContract.Of("cut", query: null, ("a", ColumnType.Text), ("b", ColumnType.Integer), ("c", ColumnType.Timestamp));

        AssertBalanced(await HoldsAsync(dataset, size: 20_000), 20_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ranges_AreThoseOfTheFilter_OnTablesAndQueries(bool isQuery)
    {
        await ExecuteAsync(
            "CREATE TABLE cut (k bigint PRIMARY KEY, n bigint)",
            $"INSERT INTO cut SELECT i, i % 4000 FROM generate_series(1, {Rows}) AS i",
            "ANALYZE cut");
        var dataset = PartitioningContract.Of("cut", isQuery ? "SELECT k, n FROM cut -- all of it" : null, ("k", ColumnType.Integer));
        var query = PartitioningContract.All(dataset) with { Filter = new Comparison(dataset.Columns[1], FilterOperator.Lt, [1000L]) };

        AssertBalanced(await HoldsAsync(query, 5_000), 5_000);
    }

    [Fact]
    public async Task Ranges_AreOne_WhenThereIsLittleToRead()
    {
        await ExecuteAsync(
            "CREATE TABLE cut (k bigint PRIMARY KEY, n bigint)",
            "INSERT INTO cut SELECT i, i FROM generate_series(1, 1000) AS i",
            "ANALYZE cut");
        var dataset = PartitioningContract.Of("cut", query: null, ("k", ColumnType.Integer));

        Assert.Equal([1000], await HoldsAsync(dataset, size: 20_000));
        await ExecuteAsync("DELETE FROM cut", "ANALYZE cut");
        Assert.Equal([0], await HoldsAsync(dataset, size: 20_000));
    }

    [Fact]
    public async Task Ranges_AreNoMoreThanAllowed()
    {
        await ExecuteAsync(
            "CREATE TABLE cut (k bigint PRIMARY KEY, n bigint)",
            $"INSERT INTO cut SELECT i, i FROM generate_series(1, {Rows}) AS i",
            "ANALYZE cut");

        var ranges = await PartitioningContract.HoldsAsync(
            Source(),
            Cutter(),
            PartitioningContract.All(PartitioningContract.Of("cut", query: null, ("k", ColumnType.Integer))),
            new RangeSize(Rows: 100, MaxRanges: 7, MaxUnpartitioned: 100));

        Assert.Equal(7, ranges.Count);
        AssertBalanced(ranges, Rows / 7);
    }

    [Theory]
    [InlineData("10::numeric ^ 35 + i")]
    [InlineData("10::numeric ^ 35 + i * 10000")]
    [InlineData("'NaN'")]
    [InlineData("NULL")]
    public async Task Keys_AreNotTold_WhenTheyCantBeHeld(string value)
    {
        await ExecuteAsync(
            "CREATE TABLE cut (k numeric, n bigint)", $"INSERT INTO cut SELECT {value}, i FROM generate_series(1, 100) AS i");
        var dataset = PartitioningContract.Of("cut", query: null, ("k", ColumnType.Integer));

        await PartitioningContract.TellsNoKeyAsync(Source(dataset), dataset);
    }

    [Fact]
    public async Task Cut_SaysWhatIsMissing_WhenTheTableIsGone()
    {
        var failure = await Assert.ThrowsAsync<ExportFailureException>(() =>
            Cutter().PartitionAsync(
                PartitioningContract.All(PartitioningContract.Of("gone", query: null, ("k", ColumnType.Integer))),
                new RangeSize(10, 10, 10),
                CancellationToken.None));

        Assert.Equal(FailureKind.Permanent, failure.Failure.Kind);
    }

    [Fact]
    public async Task Cut_Stops_WhenItIsCanceled()
    {
        using var canceling = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var slow = PartitioningContract.Of(
            "cut", "SELECT i AS k, i AS n, pg_sleep(0.01) FROM generate_series(1, 1000000) AS i", ("k", ColumnType.Integer));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Cutter(slow).PartitionAsync(PartitioningContract.All(slow), new RangeSize(100, 1000, 100), canceling.Token));
    }

    private static void AssertBalanced(IReadOnlyList<int> ranges, int size)
    {
        Assert.True(ranges.Count > 1, "It was not cut.");
        Assert.All(ranges, rows => Assert.InRange(rows, size / 2, size * 2));
    }

    private Task<IReadOnlyList<int>> HoldsAsync(Dataset dataset, int size) => HoldsAsync(PartitioningContract.All(dataset), size);

    private Task<IReadOnlyList<int>> HoldsAsync(RowQuery query, int size) => PartitioningContract.HoldsAsync(
        Source(query.Dataset), Cutter(query.Dataset), query, new RangeSize(size, MaxRanges: 1000, MaxUnpartitioned: size));

    private PostgresRowSource Source(params Dataset[] datasets) => new(Catalog(datasets));

    private KeyPartitioner Cutter(params Dataset[] datasets)
    {
        var catalog = Catalog(datasets);
        return new KeyPartitioner(catalog, new SqliteKeyPartitioner(catalog), new PostgresKeyPartitioner(catalog), Watches.Silent());
    }

    private DatasetCatalog Catalog(Dataset[] datasets) =>
        new(datasets, [new DataSource("school", SourceProvider.Postgres, _connectionString)]);

    private async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
