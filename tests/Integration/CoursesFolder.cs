using System.Globalization;
using ExportFunctions.Tests.Local.Seeding;
using Microsoft.Data.Sqlite;

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// A database of courses and the datasets file that leads there, in a folder of its own: the same dataset and columns as in any other such
/// folder, and other records.
/// </summary>
internal sealed class CoursesFolder : IDisposable
{
    public const int Rows = 400;

    private readonly TemporaryFolder _folder = new();
    private readonly string _prefix;

    public CoursesFolder(string prefix)
    {
        _prefix = prefix;
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE courses (id INTEGER PRIMARY KEY, code TEXT NOT NULL, title TEXT NOT NULL);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $rows)
            INSERT INTO courses SELECT i, $prefix || '-' || i, 'Course ' || i FROM n;
            """;
        command.Parameters.AddWithValue("$rows", Rows);
        command.Parameters.AddWithValue("$prefix", prefix);
        command.ExecuteNonQuery();
        System.IO.File.WriteAllText(DatasetsFile, $$"""
            {
              "sources": { "school": { "provider": "sqlite", "connectionString": "Data Source=school.db;Pooling=False" } },
              "datasets": [
                { "name": "courses", "title": "Courses", "source": "school", "table": "courses", "key": ["id"],
                  "columns": [{ "name": "id", "type": "integer" }, { "name": "code", "type": "text" }, { "name": "title", "type": "text" }] }
              ]
            }
            """);
    }

    public string Database => _folder.File("school.db");

    public string DatasetsFile => _folder.File($"{_prefix.ToLowerInvariant()}.datasets.json");

    public string File(string name) => _folder.File(name);

    /// <summary>Asserts that a CSV file holds all of these courses and no other.</summary>
    public void AssertOwn(byte[] csv)
    {
        var lines = System.Text.Encoding.UTF8.GetString(csv).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var expected = Enumerable.Range(
            1, Rows).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number},{_prefix}-{number},Course {number}"));
        Assert.Equal(expected, lines.Skip(1));
    }

    public void Dispose() => _folder.Dispose();
}
