using Npgsql;
using NpgsqlTypes;

namespace ExportFunctions.Bench.Sources;

/// <summary>PostgreSQL by Npgsql alone, the same statement: each value is got by its type and dropped.</summary>
internal static class PostgresPeers
{
    /// <summary>The data reader's typed getters, the loop that everyone writes.</summary>
    public static async Task ReadAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
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

    /// <summary><c>COPY … TO STDOUT (FORMAT binary)</c> through Npgsql's exporter.</summary>
    public static async Task CopyAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryExportAsync($"COPY ({sql}) TO STDOUT (FORMAT binary)", cancellationToken);
        while (await copy.StartRowAsync(cancellationToken) >= 0)
        {
            _ = await copy.ReadAsync<long>(NpgsqlDbType.Bigint, cancellationToken);
            for (var column = 1; column <= 4; column++)
            {
                if (copy.IsNull)
                    await copy.SkipAsync(cancellationToken);
                else
                    _ = await copy.ReadAsync<string>(NpgsqlDbType.Text, cancellationToken);
            }

            _ = await copy.ReadAsync<DateOnly>(NpgsqlDbType.Date, cancellationToken);
            _ = await copy.ReadAsync<long>(NpgsqlDbType.Bigint, cancellationToken);
            _ = await copy.ReadAsync<decimal>(NpgsqlDbType.Numeric, cancellationToken);
            _ = await copy.ReadAsync<bool>(NpgsqlDbType.Boolean, cancellationToken);
        }
    }
}
