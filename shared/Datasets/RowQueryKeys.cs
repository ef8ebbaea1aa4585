namespace ExportFunctions.Datasets;

/// <summary>The columns of the key that a query reads beside those it was asked for.</summary>
internal static class RowQueryKeys
{
    /// <summary>
    /// They stand behind the query's own columns: all of them where the query asks for keys, else those it doesn't read anyway, which
    /// tell of what record a warning speaks.
    /// </summary>
    /// <param name="query">The query.</param>
    public static IReadOnlyList<DatasetColumn> Behind(RowQuery query) =>
        query.IsKeyRead ? query.Dataset.Key : [.. query.Dataset.Key.Where(column => !query.Columns.Contains(column))];
}
