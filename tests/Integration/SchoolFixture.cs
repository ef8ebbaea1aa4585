using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Seeding;
using ExportFunctions.Tests.Integration;
using Microsoft.Data.Sqlite;

[assembly: AssemblyFixture(typeof(SchoolFixture))]

namespace ExportFunctions.Tests.Integration;

/// <summary>The sample school with 10,000 students in a database of the tests' own, and a datasets file that leads there.</summary>
public sealed class SchoolFixture : IAsyncLifetime
{
    public const int Students = 10_000;

    /// <summary>A dataset with a column that its table doesn't have.</summary>
    private const string Broken =
        """
        { "name": "broken", "title": "Broken", "source": "school", "table": "courses", "key": ["code"],
          "columns": [ { "name": "code", "title": "Code", "type": "identifier" }, { "name": "gone", "title": "Gone", "type": "text" } ] },
        """;

    /// <summary>
    /// Every grade, at a pace that leaves time to kill and cancel: each row looks through all courses, several seconds in all.
    /// </summary>
    private const string Slow =
        """
        { "name": "slow", "title": "Slow", "source": "school", "key": ["id"],
          "query": "SELECT g.id, (SELECT count(*) FROM courses c WHERE c.title || c.department || c.teacher LIKE '%' || g.course_code || '%') AS mentions FROM grades g",
          "columns": [ { "name": "id", "title": "ID", "type": "integer" }, { "name": "mentions", "title": "Mentions", "type": "integer" } ] },
        """;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"exportfunctions-school-{Guid.CreateVersion7():N}");

    public string Database => Path.Combine(_folder, "school.db");

    public string DatasetsFile => Path.Combine(_folder, "school.datasets.json");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        await using (var target = new SqliteSeedTarget(Database, ExistingData.Replace))
            await SchoolSeeder.SeedAsync(target, Students, progress: null, CancellationToken.None);

        var sample = await File.ReadAllTextAsync(Repository.Find().SampleDatasets);
        await File.WriteAllTextAsync(
            DatasetsFile,
            sample.Replace("../.local/school.db", "school.db", StringComparison.Ordinal).Replace(
                "\"datasets\": [", "\"datasets\": [" + Broken + Slow, StringComparison.Ordinal));
    }

    /// <summary>Runs a query on the database, and gives the rows' values.</summary>
    public async Task<List<object?[]>> QueryAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = await reader.IsDBNullAsync(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
