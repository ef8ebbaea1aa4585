using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed partial class SqliteRowSourceTests
{
    [Theory]
    [InlineData("CREATE TABLE samples (other)", "column_missing", "'id'")]
    [InlineData("CREATE TABLE others (other)", "table_missing", "'samples'")]
    public async Task OpenAsync_FailsForGood_WhenTheSchemaHasChanged(string sql, string code, string named)
    {
        _file.Execute(sql);

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(
            () => _file.Source(SampleRow.Dataset).OpenAsync(All(), CancellationToken.None));

        Assert.Equal((code, FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
        Assert.Contains(named, thrown.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains("'school'", thrown.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_FailsForGood_WhenTheQueryIsNotSql()
    {
        var dataset = SampleRow.Of("school", table: null, "SELECT FROM samples");

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(
            () => _file.Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, CancellationToken.None));

        Assert.Equal(("query_invalid", FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
    }

    [Fact]
    public async Task OpenAsync_FailsForNow_WhenTheFileIsMissing()
    {
        var source = new SqliteRowSource(
            new DatasetCatalog([SampleRow.Dataset], [new DataSource("school", SourceProvider.Sqlite, "Data Source=/nowhere/at/all.db")]));

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(() => source.OpenAsync(All(), CancellationToken.None));

        Assert.Equal(("source_unavailable", FailureKind.Transient), (thrown.Failure.Code, thrown.Failure.Kind));
        Assert.DoesNotContain("nowhere", thrown.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_FailsForNow_WhenTheDatabaseIsLocked()
    {
        _file.AddSamples(_rows);
        _file.Execute("PRAGMA journal_mode = DELETE");
        using var holder = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_file.Path};Pooling=False");
        holder.Open();
        using var command = holder.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(
            () => _file.Source(SampleRow.Dataset).OpenAsync(All(), CancellationToken.None));

        Assert.Equal(("source_unavailable", FailureKind.Transient), (thrown.Failure.Code, thrown.Failure.Kind));
    }

    [Theory]
    [InlineData("points", "'seven'")]
    [InlineData("points", "7.5")]
    [InlineData("points", "9223372036854775808.0")]
    [InlineData("grade", "'7,5'")]
    [InlineData("grade", "9e999")]
    [InlineData("points", "''", true)]
    [InlineData("active", "2")]
    [InlineData("active", "'perhaps'")]
    [InlineData("active", "0.5")]
    [InlineData("born", "'2026-02-29'")]
    [InlineData("born", "'2026-01-01 00:00:01'")]
    [InlineData("born", "20260101")]
    [InlineData("seen", "'2026-01-01T00:00:00 EET'")]
    [InlineData("seen", "'2026-01-01T24:00:00Z'")]
    [InlineData("seen", "1767225600")]
    [InlineData("name", "x'00ff'")]
    public async Task ReadAsync_NamesColumnAndType_WhenAValueIsNotOfIt(string column, string literal, bool emptyIsUnreadable = false)
    {
        _file.Execute(
            "CREATE TABLE samples (\"id_c\"\"ol\", \"name_c\"\"ol\", \"code_c\"\"ol\", \"points_c\"\"ol\", \"grade_c\"\"ol\","
                + " \"active_c\"\"ol\", \"born_c\"\"ol\", \"seen_c\"\"ol\")");
        _file.Execute($"INSERT INTO samples (\"id_c\"\"ol\", \"{column}_c\"\"ol\") VALUES (1, {literal})");

        var dataset = SampleRow.Dataset with
        {
            Columns = [.. SampleRow.Dataset.Columns.Select(
                known => known with { EmptyText = emptyIsUnreadable ? EmptyText.Unreadable : EmptyText.Null })],
        };
        var thrown = await Assert.ThrowsAsync<ExportFailureException>(
            () => SourceContract.IdsAsync(_file.Source(dataset), new RowQuery { Dataset = dataset, Columns = dataset.Columns }));

        Assert.Equal(("value_unreadable", FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
        Assert.Contains($"'{column}'", thrown.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains("the key 1 holds", thrown.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains("onUnreadable", thrown.Failure.Reason, StringComparison.Ordinal);
        if (literal.Length > 2 && literal != "2")
            Assert.DoesNotContain(literal.Trim('\''), thrown.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_Fails_WhenTheFileIsNoDatabase()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, new string('x', 4096));
        var school = new DataSource("school", SourceProvider.Sqlite, $"Data Source={path};Pooling=False");

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(
            () => new SqliteRowSource(new DatasetCatalog([], [school])).CheckAsync(school, CancellationToken.None));

        Assert.Equal("source_invalid", thrown.Failure.Code);
        File.Delete(path);
    }
}
