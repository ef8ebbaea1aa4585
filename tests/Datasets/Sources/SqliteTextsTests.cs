using ExportFunctions.Datasets;
using Microsoft.Data.Sqlite;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed class SqliteTextsTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

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
