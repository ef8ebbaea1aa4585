using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Datasets.Sources;

[Integration]
public sealed class PostgresSelectWidthTests(PostgresServer server) : IAsyncLifetime
{
    private string _connectionString = "";

    public async ValueTask InitializeAsync() => _connectionString = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(1_662, ColumnType.Integer)]
    [InlineData(1_662, ColumnType.Text)]
    public async Task Rows_AreRead_WhenTheDatasetIsAsWideAsMayBe(int width, ColumnType type)
    {
        var dataset = Wide(width, type);

        Assert.Null(SelectWidth.FaultOf(dataset, SourceProvider.Postgres));
        Assert.NotNull(SelectWidth.FaultOf(Wide(width + 1, type), SourceProvider.Postgres));
        Assert.Equal(1, await CountAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns, IsKeyRead = true }));
    }

    [Fact]
    public async Task Rows_AreRead_WhenTheyAreSortedByAsManyAsMayBe()
    {
        var dataset = Wide(1_600, ColumnType.Text);
        var most = SelectWidth.MaxSortKeys(dataset, SourceProvider.Postgres, dataset.Columns.Count);
        var sort = dataset.Columns.Skip(1).Take(most).Select(column => new SortKey(column, SortDirection.Descending)).ToList();

        Assert.Equal(1, await CountAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns, Sort = sort }));
    }

    private static Dataset Wide(int width, ColumnType type)
    {
        var columns = Enumerable.Range(0, width)
            .Select(number => new DatasetColumn { Name = $"c{number}", Title = $"C{number}", Type = type, SqlName = $"c{number}" })
            .ToList();
        var value = type == ColumnType.Text ? "'x'::text" : "1";
        return new Dataset
        {
            Name = "wide",
            Title = "Wide",
            Source = "school",
            Query = $"SELECT {string.Join(", ", columns.Select(column => $"{value} AS {column.SqlName}"))}",
            Key = [columns[0]],
            Columns = columns,
        };
    }

    private async Task<int> CountAsync(RowQuery query)
    {
        var source = new PostgresRowSource(
            new DatasetCatalog([query.Dataset], [new DataSource("school", SourceProvider.Postgres, _connectionString)]));
        await using var reader = await source.OpenAsync(query, CancellationToken.None);
        var batch = new RowBatch([.. query.Columns.Select(column => column.Type)], capacity: 10);
        await reader.ReadAsync(batch, CancellationToken.None);
        return batch.Count;
    }
}
