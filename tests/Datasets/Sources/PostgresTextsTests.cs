using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Integration;
using Npgsql;

namespace ExportFunctions.Tests.Datasets.Sources;

[Integration]
public sealed class PostgresTextsTests(PostgresServer server) : IAsyncLifetime
{
    private string _connectionString = "";

    public async ValueTask InitializeAsync() => _connectionString = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Exhaustive]
    [Fact]
    public async Task OpenAsync_FindsEveryLetterInAnyCase_AsTheProcessFoldsIt()
    {
        await AddWordsAsync(TextContract.AllCases);

        await TextContract.FoldsAsTheProcessAsync(Source());
    }

    [Theory]
    [InlineData("el", SortDirection.Ascending)]
    [InlineData("el", SortDirection.Descending)]
    [InlineData("de", SortDirection.Ascending)]
    [InlineData("sv", SortDirection.Descending)]
    [InlineData("fr-CA", SortDirection.Ascending)]
    [InlineData("ru", SortDirection.Ascending)]
    public async Task OpenAsync_SortsByTheLanguage_WhenACollationIsAskedFor(string language, SortDirection direction)
    {
        await AddWordsAsync(TextContract.OfManyLanguages);

        await TextContract.SortsAsTheLanguageAsync(Source(), language, direction);
    }

    [Theory]
    [InlineData("SQL_ASCII", null, "collation_missing", "ignoreCase")]
    [InlineData("SQL_ASCII", "de-AT", "collation_missing", "'de-AT'")]
    [InlineData("LATIN1", null, "encoding_narrow", "ignoreCase")]
    public async Task OpenAsync_FailsForGoodAndByName_WhenTheDatabasesEncodingHasNoSuchTexts(
        string encoding, string? collation, string code, string named)
    {
        var database = $"narrow_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"CREATE DATABASE {database} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        var narrow = new NpgsqlConnectionStringBuilder(_connectionString) { Database = database }.ConnectionString;
        await ExecuteAsync("CREATE TABLE words (id bigint PRIMARY KEY, word text)", narrow);
        var query = collation is null
            ? TextContract.All with { Filter = new Comparison(TextContract.Word, FilterOperator.Eq, ["a"]) { IgnoresCase = true } }
            : TextContract.All with { Sort = [new SortKey(TextContract.Word, SortDirection.Ascending) { Collation = collation }] };

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(() => Source(narrow).OpenAsync(query, CancellationToken.None));

        Assert.Equal((code, FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
        Assert.Contains(named, thrown.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_FailsForGoodAndNamesTheLanguage_WhenTheServerLacksItsOrder()
    {
        await AddWordsAsync(["a"]);
        var query = TextContract.All with { Sort = [new SortKey(TextContract.Word, SortDirection.Ascending) { Collation = "zh-CN" }] };

        var thrown = await Assert.ThrowsAsync<ExportFailureException>(() => Source().OpenAsync(query, CancellationToken.None));

        Assert.Equal(("collation_missing", FailureKind.Permanent), (thrown.Failure.Code, thrown.Failure.Kind));
        Assert.Contains("'zh-CN'", thrown.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains("such as 'zh-Hans'", thrown.Failure.Reason, StringComparison.Ordinal);
    }

    private PostgresRowSource Source(string? connectionString = null)
    {
        var source = new DataSource("school", SourceProvider.Postgres, connectionString ?? _connectionString);
        return new PostgresRowSource(new DatasetCatalog([TextContract.Dataset], [source]));
    }

    private async Task ExecuteAsync(string sql, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(connectionString ?? _connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task AddWordsAsync(IReadOnlyList<string> words)
    {
        await ExecuteAsync("CREATE TABLE words (id bigint PRIMARY KEY, word text)");
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var import = await connection.BeginBinaryImportAsync("COPY words FROM STDIN BINARY");
        for (var i = 0; i < words.Count; i++)
            await import.WriteRowAsync(CancellationToken.None, (long)i, words[i]);
        await import.CompleteAsync();
    }
}
