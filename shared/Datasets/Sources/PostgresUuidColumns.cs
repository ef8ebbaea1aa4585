using System.Data;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sql;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Tells which text columns that a query's filter compares are uuid in the database. The server describes them; nothing is read.</summary>
internal static class PostgresUuidColumns
{
    private const string Uuid = "uuid";

    /// <summary>A dialect that knows the query's uuid columns.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="transaction">The connection's transaction.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<PostgresDialect> DialectAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RowQuery query, CancellationToken cancellationToken)
    {
        var compared = query.Filter is null ? [] : Compared(query.Filter).Where(column => column.IsText).Distinct().ToList();
        if (compared.Count == 0)
            return new PostgresDialect();

        await using var command = PostgresCommand.Create(connection, transaction, RowQuerySql.Describe(query.Dataset, compared));
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
        return new PostgresDialect(compared.Where((_, i) => string.Equals(reader.GetDataTypeName(i), Uuid, StringComparison.Ordinal)));
    }

    private static IEnumerable<DatasetColumn> Compared(Filter filter) => filter switch
    {
        AllOf all => all.Parts.SelectMany(Compared),
        AnyOf any => any.Parts.SelectMany(Compared),
        Not not => Compared(not.Part),
        Comparison comparison => [comparison.Column],
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };
}
