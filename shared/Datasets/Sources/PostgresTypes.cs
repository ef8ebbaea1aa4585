using System.Data;
using ExportFunctions.Datasets.Sql;
using ExportFunctions.Problems;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>The database types of the columns that a query compares or sorts by: <c>numeric(10,2)</c>, <c>real</c>, <c>uuid</c>.</summary>
internal sealed class PostgresTypes
{
    private readonly Dataset _dataset;
    private readonly IReadOnlyDictionary<DatasetColumn, string> _types;

    private PostgresTypes(Dataset dataset, IReadOnlyDictionary<DatasetColumn, string> types) => (_dataset, _types) = (dataset, types);

    /// <summary>Queries the types, without reading any rows.</summary>
    /// <param name="connection">The connection, open.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="query">The query.</param>
    /// <exception cref="NpgsqlException">The query can't run, or the server is unavailable.</exception>
    public static async Task<PostgresTypes> OfAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RowQuery query, CancellationToken cancellationToken)
    {
        var columns = RowQueryColumns.Compared(query);
        if (columns.Count == 0)
            return new PostgresTypes(query.Dataset, new Dictionary<DatasetColumn, string>());

        await using var command = PostgresCommand.Create(connection, transaction, RowQuerySql.Describe(query.Dataset, columns));
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
        return new PostgresTypes(
            query.Dataset,
            columns.Select((column, i) => (column, i)).ToDictionary(pair => pair.column, pair => reader.GetDataTypeName(pair.i)));
    }

    /// <summary>The type of a column.</summary>
    /// <param name="column">A column that the query compares or sorts by.</param>
    public string Of(DatasetColumn column) => _types[column];

    /// <summary>The failure for a column whose type can't be compared as the declared one.</summary>
    /// <param name="column">The column.</param>
    public ExportFailureException CannotCompare(DatasetColumn column) => SourceFailures.TypeUnreadable(_dataset, column, Of(column));
}
