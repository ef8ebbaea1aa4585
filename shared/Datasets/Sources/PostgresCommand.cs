using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Creates Npgsql commands from statements, with explicit parameter types.</summary>
internal static class PostgresCommand
{
    /// <summary>A command with its values; the caller disposes it.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="transaction">The connection's transaction.</param>
    /// <param name="statement">The statement.</param>
    public static NpgsqlCommand Create(NpgsqlConnection connection, NpgsqlTransaction transaction, SqlStatement statement)
    {
        var command = new NpgsqlCommand(statement.Text, connection, transaction);
        foreach (var parameter in statement.Parameters)
            command.Parameters.Add(Value(parameter));

        return command;
    }

    private static NpgsqlParameter Value(SqlParameter parameter)
    {
        // Without an explicit type the server uses the column's own, so that its index can be used whatever the type.
        if (parameter.Value is KeyValue key)
            return new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = key.Text };

        // Values of other types are sent as text that the statement casts: the driver would turn the ends of the calendar into infinity.
        var type = parameter.Value switch
        {
            long => NpgsqlDbType.Bigint,
            Guid or IReadOnlyList<object> and [Guid, ..] => NpgsqlDbType.Uuid,
            _ => NpgsqlDbType.Text,
        };

        return parameter.Shape == SqlParameterShape.List
            ? new NpgsqlParameter { NpgsqlDbType = type | NpgsqlDbType.Array, Value = Array((IReadOnlyList<object>)parameter.Value) }
            : new NpgsqlParameter { NpgsqlDbType = type, Value = parameter.Value };
    }

    private static Array Array(IReadOnlyList<object> values) =>
        values is [Guid, ..] ? values.Cast<Guid>().ToArray() : values.Cast<string>().ToArray();
}
