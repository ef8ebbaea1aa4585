using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Sources;
using Microsoft.Data.Sqlite;

namespace ExportFunctions.Tests.Datasets.Sources;

/// <summary>A SQLite file of a test's own.</summary>
internal sealed class SqliteFile : IDisposable
{
    public SqliteFile() => Execute("PRAGMA journal_mode = WAL");

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"exports-{Guid.CreateVersion7():N}.db");

    public SqliteRowSource Source(params Dataset[] datasets) =>
        new(new DatasetCatalog(datasets, [new DataSource("school", SourceProvider.Sqlite, $"Data Source={Path};Mode=ReadOnly")]));

    public void Execute(string sql, params IReadOnlyList<object?> values)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Count; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i] ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    public long Count(string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>The sample rows, with decimals and timestamps in every stored form that is allowed.</summary>
    public void AddSamples(IEnumerable<SampleRow> rows)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            CREATE TABLE samples ("id_c""ol" INTEGER PRIMARY KEY, "name_c""ol" TEXT COLLATE NOCASE, "code_c""ol" TEXT, "points_c""ol" INTEGER,
                "grade_c""ol", "active_c""ol" INTEGER, "born_c""ol" TEXT, "seen_c""ol" TEXT)
            """;
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO samples VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        foreach (var row in rows)
        {
            object?[] values =
                [row.Id, row.Name, row.Code, row.Points, Stored(row.Id, row.Grade), row.Active, row.Born, Stored(row.Id, row.Seen)];
            command.Parameters.Clear();
            for (var i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i] ?? DBNull.Value);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>An empty file takes the place of this one.</summary>
    public void Replace()
    {
        Dispose();
        Execute("PRAGMA journal_mode = WAL");
    }

    public void Dispose()
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(Path + suffix);
    }

    private static object? Stored(long id, decimal? value) => value is null ? null : (id % 3) switch
    {
        0 => (double)value.Value,
        1 when value.Value == decimal.Truncate(value.Value) => (long)value.Value,
        _ => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private static string? Stored(long id, DateTime? value) => value?.ToString(
        (id % 3) switch
        {
            0 => "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
            1 => "yyyy-MM-dd HH:mm:ss.FFFFFFF",
            _ => "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
        },
        CultureInfo.InvariantCulture);
}
