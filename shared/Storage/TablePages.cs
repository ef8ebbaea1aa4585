using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>Reads a table page by page.</summary>
internal static class TablePages
{
    /// <summary>
    /// Reads one page. The service may return a short page and a token at a partition boundary: reading continues until the page is full.
    /// </summary>
    /// <param name="table">The table to read.</param>
    /// <param name="filter">Which records.</param>
    /// <param name="pageSize">Records per page.</param>
    /// <param name="continuationToken">Where the previous page ended; null for the first.</param>
    /// <returns>
    /// The records, the token for the next page (null at the end), and when the read started, by the storage service's clock.
    /// </returns>
    public static async Task<(IReadOnlyList<TableEntity> Entities, string? ContinuationToken, DateTimeOffset? ReadAt)> ReadAsync(
        TableClient table, string filter, int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var entities = new List<TableEntity>();
        var token = continuationToken;
        DateTimeOffset? readAt = null;
        do
        {
            var rest = pageSize - entities.Count;
            await using var page = table.QueryAsync<TableEntity>(
                filter, rest, cancellationToken: cancellationToken).AsPages(token, rest).GetAsyncEnumerator(cancellationToken);
            token = await page.MoveNextAsync() ? page.Current.ContinuationToken : null;
            if (page.Current is not null)
            {
                entities.AddRange(page.Current.Values);
                readAt ??= page.Current.GetRawResponse().Headers.Date;
            }
        }
        while (token is not null && entities.Count < pageSize);

        return (entities, token, readAt);
    }
}
