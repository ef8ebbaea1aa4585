using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed partial class SqliteRowSourceTests : IDisposable
{
    private const string Endless =
        "WITH RECURSIVE n(\"id_c\"\"ol\") AS (SELECT 1 UNION ALL SELECT \"id_c\"\"ol\" + 1 FROM n WHERE \"id_c\"\"ol\" < 10000000000)"
            + " SELECT * FROM n";

    private readonly SqliteFile _file = new();
    private readonly SampleRow[] _rows = SampleRow.Make(200);

    public void Dispose() => _file.Dispose();

    [Exhaustive]
    [Fact]
    public async Task OpenAsync_AgreesWithTheReference_ForAnyQuery()
    {
        _file.AddSamples(_rows);

        await SourceContract.AgreesWithTheReferenceAsync(_file.Source(SampleRow.Dataset), SampleRow.Dataset, _rows, iterations: 1_000);
    }

    [Fact]
    public async Task OpenAsync_GivesPagesThatMakeTheWhole_ForAnyOrder()
    {
        _file.AddSamples(_rows);

        await SourceContract.PagesMakeTheWholeAsync(_file.Source(SampleRow.Dataset), SampleRow.Dataset);
    }

    [Fact]
    public async Task ReadAsync_ReadsEveryValue_InEveryStoredForm()
    {
        _file.AddSamples(_rows);

        await SourceContract.ReadsEveryValueAsync(_file.Source(SampleRow.Dataset), SampleRow.Dataset, _rows);
    }

    [Theory]
    [InlineData("'; DROP TABLE samples; --")]
    [InlineData("\" OR 1=1 --")]
    [InlineData("%' OR '1'='1")]
    [InlineData("$1")]
    [InlineData("x'); DELETE FROM samples; SELECT ('")]
    public async Task OpenAsync_MatchesSqlLiterally_InEveryTextOperator(string text)
    {
        _file.AddSamples([.. _rows, new SampleRow(1_000, text, null, null, null, null, null, null)]);
        var column = SampleRow.Dataset.FindColumn("name")!;
        FilterOperator[] operators =
            [FilterOperator.Eq, FilterOperator.In, FilterOperator.Contains, FilterOperator.StartsWith, FilterOperator.EndsWith];

        foreach (var filterOperator in operators)
        {
            var ids = await SourceContract.IdsAsync(
                _file.Source(SampleRow.Dataset), All() with { Filter = new Comparison(column, filterOperator, [text]) });

            Assert.Equal([1_000], ids);
        }

        Assert.Equal(201, _file.Count("samples"));
    }

    [Fact]
    public async Task OpenAsync_TakesAHalfMillionValues_InOneFilter()
    {
        _file.AddSamples(_rows);
        var id = SampleRow.Dataset.FindColumn("id")!;
        var parts = Enumerable.Range(0, 500).Select(
            Filter (i) => new Comparison(id, FilterOperator.In, [.. Enumerable.Range(i * 1000, 1000).Select(object (n) => (long)n)]));

        var ids = await SourceContract.IdsAsync(_file.Source(SampleRow.Dataset), All() with { Filter = new AnyOf([.. parts]) });

        Assert.Equal(_rows.Select(row => row.Id), ids);
    }

    [Fact]
    public async Task OpenAsync_ReadsTheAdministratorsQuery_WithItsCommentAndSemicolon()
    {
        _file.AddSamples(_rows);
        var dataset = SampleRow.Of("school", table: null, "SELECT * FROM samples -- everybody\n;\n");

        var ids =
            await SourceContract.IdsAsync(_file.Source(dataset), new RowQuery { Dataset = dataset, Columns = dataset.Columns, Limit = 3 });

        Assert.Equal([1, 2, 3], ids);
    }

    [Fact]
    public async Task ReadAsync_SeesOneSnapshot_WhenRowsAreAddedMeanwhile()
    {
        _file.AddSamples(_rows);
        await using var reader = await _file.Source(SampleRow.Dataset).OpenAsync(All(), CancellationToken.None);
        var batch = new RowBatch([.. SampleRow.Dataset.Columns.Select(column => column.Type)], capacity: 10);

        _file.Execute("DELETE FROM samples WHERE \"id_c\"\"ol\" % 2 = 0; INSERT INTO samples (\"id_c\"\"ol\") VALUES (5000)");
        var read = 0;
        while (await reader.ReadAsync(batch, CancellationToken.None))
            read += batch.Count;

        Assert.Equal(200, reader.RowsExpected);
        Assert.Equal(200, read);
    }

    [Fact]
    public async Task OpenAsync_Ends_WhenALongCountIsCanceled()
    {
        var dataset = Narrow(table: null, Endless);
        using var canceling = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var opening =
            Task.Run(() => _file.Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, canceling.Token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task ReadAsync_Ends_WhenALongReadIsCanceled()
    {
        _file.AddSamples(_rows);
        var slow =
            $"SELECT \"id_c\"\"ol\", CASE WHEN \"id_c\"\"ol\" > 1 THEN (SELECT count(*) FROM ({Endless})) END AS \"points_c\"\"ol\" FROM"
                + " samples";
        var dataset = SampleRow.Of("school", table: null, slow);
        var columns = new[] { dataset.Columns[0], dataset.FindColumn("points")! };
        await using var reader =
            await _file.Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = columns }, CancellationToken.None);
        using var canceling = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var batch = new RowBatch([ColumnType.Integer, ColumnType.Integer]);

        var reading = Task.Run(async () => await reader.ReadAsync(batch, canceling.Token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task OpenAsync_ReadsTheNewFile_WhenTheDatabaseIsReplaced()
    {
        _file.AddSamples(_rows);
        var source = _file.Source(SampleRow.Dataset);
        await SourceContract.IdsAsync(source, All());

        _file.Replace();
        _file.AddSamples(_rows.Take(3));
        var ids = await SourceContract.IdsAsync(source, All());

        Assert.Equal([1, 2, 3], ids);
    }

    [Fact]
    public async Task ReadAsync_ReplacesInvalidUtf8_SoThatTheBatchIsValid()
    {
        var dataset = Narrow(table: null, "SELECT 'a' || CAST(x'ff' AS TEXT) || 'b' AS \"id_c\"\"ol\"", ColumnType.Text);
        await using var reader =
            await _file.Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, CancellationToken.None);
        var batch = new RowBatch([ColumnType.Text]);

        await reader.ReadAsync(batch, CancellationToken.None);

        Assert.Equal("a\ufffdb", Encoding.UTF8.GetString(batch.GetText(0, 0)));
    }

    [Fact]
    public async Task ReadAsync_ReadsText_WhenTheDatabaseIsUtf16()
    {
        var path = Path.Combine(Path.GetTempPath(), $"exports-{Guid.CreateVersion7():N}.db");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "PRAGMA encoding = 'UTF-16'; CREATE TABLE samples (\"id_c\"\"ol\" TEXT); INSERT INTO samples VALUES ('Ελένη 👩‍🎓')";
            command.ExecuteNonQuery();
        }

        var dataset = Narrow(["samples"], query: null, ColumnType.Text);
        var source = new SqliteRowSource(
            new DatasetCatalog([dataset], [new DataSource("school", SourceProvider.Sqlite, $"Data Source={path};Pooling=False")]));
        await using (
            var reader = await source.OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, CancellationToken.None))
        {
            var batch = new RowBatch([ColumnType.Text]);

            await reader.ReadAsync(batch, CancellationToken.None);

            Assert.Equal("Ελένη 👩‍🎓", Encoding.UTF8.GetString(batch.GetText(0, 0)));
        }

        File.Delete(path);
    }

    [Theory]
    [InlineData("SELECT 1 AS \"id_c\"\"ol\"", 1)]
    [InlineData("SELECT 1 AS \"id_c\"\"ol\" WHERE 0", 0)]
    public async Task ReadAsync_StaysAtTheEnd_WhenItIsCalledAgain(string sql, int rows)
    {
        var dataset = Narrow(table: null, sql);
        await using var reader =
            await _file.Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, CancellationToken.None);
        var batch = new RowBatch([ColumnType.Integer], capacity: 1);

        var read = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            await reader.ReadAsync(batch, CancellationToken.None);
            read.Add(batch.Count);
        }

        Assert.Equal([rows, 0, 0, 0], read);
    }

    [Fact]
    public async Task ReadAsync_AllocatesNothing_PerRow()
    {
        var text = "'2026-01-01T00:00:00.5Z'";
        _file.Execute(
            "CREATE TABLE samples AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i AS"
                + " \"id_c\"\"ol\", 'Ελένη' AS \"name_c\"\"ol\", '007' AS \"code_c\"\"ol\", 7 AS \"points_c\"\"ol\", 7.25 AS"
                    + $" \"grade_c\"\"ol\", 1 AS \"active_c\"\"ol\", substr({text}, 1, 10) AS \"born_c\"\"ol\", {text} AS"
                        + " \"seen_c\"\"ol\" FROM n");
        await using var reader = await _file.Source(SampleRow.Dataset).OpenAsync(All(), CancellationToken.None);
        var batch = new RowBatch([.. SampleRow.Dataset.Columns.Select(column => column.Type)]);
        await reader.ReadAsync(batch, CancellationToken.None);
        var (before, rows) = (GC.GetAllocatedBytesForCurrentThread(), 0);

        while (await reader.ReadAsync(batch, CancellationToken.None))
            rows += batch.Count;

        Assert.Equal(20_000 - RowBatch.DefaultCapacity, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    private static RowQuery All() => new() { Dataset = SampleRow.Dataset, Columns = SampleRow.Dataset.Columns };

    private static Dataset Narrow(string[]? table, string? query, ColumnType type = ColumnType.Integer)
    {
        var column = SampleRow.Dataset.Columns[0] with { Type = type };
        return SampleRow.Of("school", table, query) with { Key = [column], Columns = [column] };
    }
}
