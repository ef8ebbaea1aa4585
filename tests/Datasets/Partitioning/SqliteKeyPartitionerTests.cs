using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Tests.Datasets.Sources;

namespace ExportFunctions.Tests.Datasets.Partitioning;

public sealed class SqliteKeyPartitionerTests : IDisposable
{
    private const string Numbers = "WITH RECURSIVE i(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM i WHERE i < 20000)";

    private readonly SqliteFile _file = new();

    [Theory]
    [InlineData("INTEGER", "i * i", ColumnType.Integer)]
    [InlineData("TEXT", "hex(i * 7919 % 20011) || 'Ώρα'''", ColumnType.Text)]
    [InlineData("TEXT COLLATE NOCASE", "char(65 + i % 26 + 32 * (i % 2)) || i", ColumnType.Text)]
    [InlineData("TEXT", "strftime('%Y-%m-%dT%H:%M:%SZ', 1700000000 + i * 61, 'unixepoch')", ColumnType.Timestamp)]
    [InlineData("", "CASE i % 3 WHEN 0 THEN i WHEN 1 THEN i / 7.0 ELSE 't' || i END", ColumnType.Identifier)]
    public async Task Ranges_HoldEveryRecordOnce_AndAreEven_ForEveryTypeOfKey(string type, string value, ColumnType columnType)
    {
        _file.Execute($"CREATE TABLE cut (k {type}, n INTEGER)");
        _file.Execute($"{Numbers} INSERT INTO cut SELECT {value}, i FROM i");

        var ranges = await HoldsAsync(
            PartitioningContract.All(PartitioningContract.Of("cut", query: null, ("k", columnType))), new RangeSize(3_000, 100, 3_000));

        Assert.Equal(7, ranges.Count);
        Assert.All(ranges, rows => Assert.InRange(rows, 2_800, 2_900));
    }

    [Fact]
    public async Task Ranges_GoByTheWholeKey_UnderAFilter()
    {
        _file.Execute("CREATE TABLE cut (a TEXT, b INTEGER, n INTEGER, PRIMARY KEY (a, b))");
        _file.Execute($"{Numbers} INSERT INTO cut SELECT CASE WHEN i % 2 = 0 THEN 'M' ELSE char(65 + i % 26) END, i, i FROM i");
        var dataset = PartitioningContract.Of("cut", query: null, ("a", ColumnType.Text), ("b", ColumnType.Integer));
        var query = PartitioningContract.All(dataset) with { Filter = new Comparison(dataset.Columns[2], FilterOperator.Gt, [5_000L]) };

        var ranges = await HoldsAsync(query, new RangeSize(4_000, 100, 4_000));

        Assert.Equal([3750, 3750, 3750, 3750], ranges);
    }

    [Theory]
    [InlineData("randomblob(8)")]
    [InlineData("NULL")]
    [InlineData("CAST(x'6180' AS TEXT) || i")]
    [InlineData("'a' || char(0) || i")]
    public async Task Keys_AreNotTold_WhenTheyCantBeAskedForAgain(string value)
    {
        _file.Execute("CREATE TABLE cut (a INTEGER, b, n INTEGER)");
        _file.Execute($"{Numbers} INSERT INTO cut SELECT 1, {value}, i FROM i");
        var dataset = PartitioningContract.Of("cut", query: null, ("a", ColumnType.Integer), ("b", ColumnType.Identifier));

        await PartitioningContract.TellsNoKeyAsync(_file.Source(dataset), dataset);
        Assert.Empty((await Cutter(dataset).PartitionAsync(
            PartitioningContract.All(dataset), new RangeSize(3_000, 100, 3_000), CancellationToken.None)).Boundaries);
    }

    [Fact]
    public async Task Ranges_AreNoMoreThanAllowed()
    {
        _file.Execute("CREATE TABLE cut (k INTEGER PRIMARY KEY, n INTEGER)");
        _file.Execute($"{Numbers} INSERT INTO cut SELECT i, i FROM i");
        var dataset = PartitioningContract.Of("cut", query: null, ("k", ColumnType.Integer));

        Assert.Equal([6667, 6667, 6666], await HoldsAsync(PartitioningContract.All(dataset), new RangeSize(1, 3, 1)));
        Assert.Equal([20_000], await HoldsAsync(PartitioningContract.All(dataset), new RangeSize(20_000, 100, 20_000)));
    }

    [Theory]
    [InlineData(0, null, false, true)]
    [InlineData(1, null, false, false)]
    [InlineData(0, 5L, false, false)]
    [InlineData(0, null, true, false)]
    public void Query_CanBeCut_WhenItReadsAllInTheOrderOfTheKey(long offset, long? limit, bool isSorted, bool expected)
    {
        var dataset = PartitioningContract.Of("cut", query: null, ("k", ColumnType.Integer));
        var query = PartitioningContract.All(dataset) with
        {
            Offset = offset,
            Limit = limit,
            Sort = isSorted ? [new SortKey(dataset.Columns[1], SortDirection.Ascending)] : [],
        };

        Assert.Equal(expected, KeyOrder.CanBePartitioned(query));
    }

    public void Dispose() => _file.Dispose();

    private Task<IReadOnlyList<int>> HoldsAsync(RowQuery query, RangeSize size) =>
        PartitioningContract.HoldsAsync(_file.Source(query.Dataset), Cutter(query.Dataset), query, size);

    private KeyPartitioner Cutter(Dataset dataset)
    {
        var catalog =
            new DatasetCatalog([dataset], [new DataSource("school", SourceProvider.Sqlite, $"Data Source={_file.Path};Mode=ReadOnly")]);
        return new KeyPartitioner(catalog, new SqliteKeyPartitioner(catalog), new PostgresKeyPartitioner(catalog), Watches.Silent());
    }
}
