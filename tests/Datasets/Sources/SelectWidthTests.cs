using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using SQLitePCL;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed class SelectWidthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("exports-width-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("sqlite", "\"query\": \"select 1\"", 1_999)]
    [InlineData("postgres", "\"query\": \"select 1\"", 1_662)]
    [InlineData("postgres", "\"table\": \"wide\"", 1_600)]
    public void Read_NamesDatasetAndLimit_WhenItIsWiderThanItsEngine(string provider, string origin, int most)
    {
        var widest = Read(provider, origin, most);

        var thrown = Assert.Throws<DatasetsFileException>(() => Read(provider, origin, most + 1));

        var fault = Assert.Single(thrown.Faults);
        Assert.Equal(most, widest.Columns.Count);
        Assert.StartsWith("dataset 'wide'", fault, StringComparison.Ordinal);
        Assert.Contains($"{most + 1:N0} columns", fault, StringComparison.Ordinal);
        Assert.Contains($"{most:N0}", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_IsThatOfTheBundledLibrary()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();

        Assert.Equal(2_000, raw.sqlite3_limit(connection.Handle!, 2, -1));
    }

    [Fact]
    public async Task Rows_AreRead_WhenTheDatasetIsAsWideAsMayBeAndSortedByAll()
    {
        using var file = new SqliteFile();
        var columns =
            Enumerable.Range(0, 1_999)
                .Select(
                    number =>
                        new DatasetColumn { Name = $"c{number}", Title = $"C{number}", Type = ColumnType.Integer, SqlName = $"c{number}" })
                .ToList();
        file.Execute($"CREATE TABLE wide ({string.Join(", ", columns.Select(column => $"{column.SqlName} INTEGER"))})");
        file.Execute($"INSERT INTO wide VALUES ({string.Join(", ", columns.Select((_, number) => number))})");
        var dataset =
            new Dataset { Name = "wide", Title = "Wide", Source = "school", Table = ["wide"], Key = [columns[0]], Columns = columns };
        var query = new RowQuery { Dataset = dataset, Columns = columns, IsKeyRead = true, Sort = [] };
        var sorted = query with { IsKeyRead = false, Sort = [.. columns.Select(column => new SortKey(column, SortDirection.Descending))] };

        Assert.Null(SelectWidth.FaultOf(dataset, SourceProvider.Sqlite));
        Assert.Equal(1, await CountAsync(file.Source(dataset), query));
        Assert.Equal(1, await CountAsync(file.Source(dataset), sorted));
    }

    [Fact]
    public void MaxSortKeys_CountsWhatIsReadAndTheKey_OnPostgres()
    {
        var id = new DatasetColumn { Name = "id", Title = "ID", Type = ColumnType.Integer, SqlName = "id" };
        var dataset = new Dataset { Name = "wide", Title = "Wide", Source = "school", Query = "select 1", Key = [id], Columns = [id] };

        Assert.Equal(62, SelectWidth.MaxSortKeys(dataset, SourceProvider.Postgres, 1_600));
        Assert.Equal(2_000, SelectWidth.MaxSortKeys(dataset, SourceProvider.Sqlite, 1_600));
    }

    private static async Task<long> CountAsync(SqliteRowSource source, RowQuery query)
    {
        await using var reader = await source.OpenAsync(query, CancellationToken.None);
        var batch = new RowBatch([.. query.Columns.Select(column => column.Type)], capacity: 10);
        await reader.ReadAsync(batch, CancellationToken.None);
        return batch.Count;
    }

    private Dataset Read(string provider, string origin, int columns)
    {
        var path = Path.Combine(_folder, "datasets.json");
        var connection = provider == "sqlite" ? "Data Source=x.db" : "Host=localhost;Database=x";
        File.WriteAllText(path, $$"""
            { "sources": { "school": { "provider": "{{provider}}", "connectionString": "{{connection}}" } },
              "datasets": [{ "name": "wide", "source": "school", {{origin}}, "key": ["c0"],
                "columns": [{{string.Join(", ", Enumerable.Range(0, columns).Select(number => $$"""{ "name": "c{{number}}", "type": "integer" }"""))}}] }] }
            """);
        return DatasetsFileReader.Read(path, new ConfigurationBuilder().Build()).Datasets[0];
    }
}
