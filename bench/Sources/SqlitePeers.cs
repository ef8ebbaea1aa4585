using Microsoft.Data.Sqlite;

namespace ExportFunctions.Bench.Sources;

/// <summary>SQLite by Microsoft.Data.Sqlite alone, the same statement: each value is got by its type and dropped.</summary>
internal static class SqlitePeers
{
    /// <summary>The data reader's typed getters, the loop that everyone writes; decimals and dates are parsed by the provider.</summary>
    public static void Read(string path, string sql)
    {
        using var connection =
            new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The benchmark's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            _ = reader.GetInt64(0);
            for (var column = 1; column <= 4; column++)
                _ = reader.IsDBNull(column) ? null : reader.GetString(column);

            _ = reader.GetFieldValue<DateOnly>(5);
            _ = reader.GetInt64(6);
            _ = reader.GetDecimal(7);
            _ = reader.GetBoolean(8);
        }
    }
}
