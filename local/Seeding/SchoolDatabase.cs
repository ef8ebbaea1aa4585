using Microsoft.Data.Sqlite;

namespace ExportFunctions.Local.Seeding;

/// <summary>Inspects the SQLite file of the sample school.</summary>
internal static class SchoolDatabase
{
    /// <summary>The path at which the sample's datasets file expects the database.</summary>
    /// <param name="repositoryRoot">The repository's root folder.</param>
    public static string DefaultPath(string repositoryRoot) => Path.Combine(repositoryRoot, ".local", "school.db");

    /// <summary>Whether the file contains the rows that would be generated now, so that seeding can be skipped.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="students">The required number of students; null accepts any number.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public static async Task<bool> IsCurrentAsync(string path, int? students, CancellationToken cancellationToken) =>
        await ReadStampAsync(path, cancellationToken) is { IsCurrent: true } stamp && stamp.Students == (students ?? stamp.Students);

    /// <summary>The stamp of the school; null when there is no file or it is no school database.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
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
