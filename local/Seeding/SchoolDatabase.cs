using Microsoft.Data.Sqlite;

namespace ExportFunctions.Local.Seeding;

/// <summary>Looks at the SQLite file of the sample school.</summary>
internal static class SchoolDatabase
{
    /// <summary>Where the sample's datasets file expects the database.</summary>
    /// <param name="repositoryRoot">The repository's root folder.</param>
    public static string DefaultPath(string repositoryRoot) => Path.Combine(repositoryRoot, ".local", "school.db");

    /// <summary>Whether the file holds the rows that would be made now, so that seeding can be skipped.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="students">The number of students it must have; null takes any number.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public static async Task<bool> IsCurrentAsync(string path, int? students, CancellationToken cancellationToken) =>
        await ReadStampAsync(path, cancellationToken) is { IsCurrent: true } stamp && stamp.Students == (students ?? stamp.Students);

    /// <summary>What the school was made with; null when there is no file or it is no school database.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public static async Task<SchoolStamp?> ReadStampAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return null;

        try
        {
            var source = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
            await using var connection = new SqliteConnection(source.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT students, generator_version FROM {SchoolStamp.Table}";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? new SchoolStamp(reader.GetInt32(0), reader.GetInt32(1)) : null;
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}
