namespace ExportFunctions.Datasets;

/// <summary>The key columns that a query reads in addition to those requested.</summary>
internal static class RowQueryKeys
{
    /// <summary>
    /// They follow the query's own columns: all of them where the query asks for keys, otherwise those it doesn't read anyway, so that
    /// warnings can name the record.
    /// </summary>
    /// <param name="query">The query.</param>
    public static IReadOnlyList<DatasetColumn> Behind(RowQuery query) =>
        query.IsKeyRead ? query.Dataset.Key : [.. query.Dataset.Key.Where(column => !query.Columns.Contains(column))];
}
