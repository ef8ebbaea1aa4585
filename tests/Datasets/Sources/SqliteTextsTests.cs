using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using Microsoft.Data.Sqlite;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed class SqliteTextsTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Exhaustive]
    [Fact]
    public async Task OpenAsync_FindsEveryLetterInAnyCase_AsTheProcessFoldsIt()
    {
        AddWords(TextContract.AllCases);

        await TextContract.FoldsAsTheProcessAsync(_file.Source(TextContract.Dataset));
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
        AddWords(TextContract.OfManyLanguages);

        await TextContract.SortsAsTheLanguageAsync(_file.Source(TextContract.Dataset), language, direction);
    }

    [Fact]
    public async Task OpenAsync_ComparesTheWholeText_WhenItHoldsANulOrNothing()
    {
        _file.Execute("""
            CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT);
            INSERT INTO words VALUES (1, 'A' || char(0) || 'B'), (2, 'A'), (3, NULL), (4, '')
            """);
        var isEmpty = new Comparison(TextContract.Word, FilterOperator.Eq, [""]) { IgnoresCase = true };
        var isA = new Comparison(TextContract.Word, FilterOperator.Eq, ["a"]) { IgnoresCase = true };
        var inGreek = new SortKey(TextContract.Word, SortDirection.Ascending) { Collation = "el" };

        var empty = await SourceContract.IdsAsync(_file.Source(TextContract.Dataset), TextContract.All with { Filter = isEmpty });
        var equal = await SourceContract.IdsAsync(_file.Source(TextContract.Dataset), TextContract.All with { Filter = isA });
        var sorted = await SourceContract.IdsAsync(_file.Source(TextContract.Dataset), TextContract.All with { Sort = [inGreek] });

        Assert.Equal([4], empty);
        Assert.Equal([2], equal);
        Assert.Equal([3, 4, 2, 1], sorted);
    }

    [Fact]
    public async Task OpenAsync_FindsLongTextsInAnyCase()
    {
        string[] words = [new('A', 5_000), new('Σ', 5_000), new string('a', 4_000) + "B"];
        AddWords(words);

        foreach (var (text, id) in new[] { (new string('a', 4_000), 0L), (new string('ς', 4_000), 1L) })
        {
            var starts = new Comparison(TextContract.Word, FilterOperator.StartsWith, [text]) { IgnoresCase = true };
            var ends = new Comparison(TextContract.Word, FilterOperator.EndsWith, ["b"]) { IgnoresCase = true };
            var query = TextContract.All with { Filter = new AllOf([starts, new Not(ends)]) };

            var ids = await SourceContract.IdsAsync(_file.Source(TextContract.Dataset), query);

            Assert.Equal([id], ids);
        }
    }

    private void AddWords(IReadOnlyList<string> words)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO words VALUES ($id, $word)";
        var (id, word) = (command.Parameters.AddWithValue("$id", 0L), command.Parameters.AddWithValue("$word", ""));
        for (var i = 0; i < words.Count; i++)
        {
            (id.Value, word.Value) = ((long)i, words[i]);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
