using ExportFunctions.Storage;

namespace ExportFunctions.Functions.Http;

/// <summary>A page of a list, or a complete short one.</summary>
/// <param name="Items">The items.</param>
/// <param name="ContinuationToken">The token for the next page; null on the last.</param>
internal sealed record ListResponse<T>(IReadOnlyList<T> Items, string? ContinuationToken = null);

/// <summary>A page of a list of stored records, some of which may be unreadable.</summary>
/// <param name="Items">The records.</param>
/// <param name="ContinuationToken">The token for the next page; null on the last.</param>
/// <param name="Unreadable">The records of the page that can't be read.</param>
internal sealed record RecordListResponse<T>(
    IReadOnlyList<T> Items, string? ContinuationToken, IReadOnlyList<UnreadableResponse> Unreadable)
{
    /// <summary>Creates the list from records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="show">Maps a record to its response.</param>
    /// <param name="continuationToken">The store's token for the next page; null on the last.</param>
    public static RecordListResponse<T> Of<TRecord>(RecordList<TRecord> records, Func<TRecord, T> show, string? continuationToken = null) =>
        new([.. records.Select(show)], PageQuery.Encode(continuationToken), UnreadableResponse.Of(records));
}
