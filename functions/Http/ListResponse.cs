using ExportFunctions.Storage;

namespace ExportFunctions.Functions.Http;

/// <summary>A page of a list, or all of a short one.</summary>
/// <param name="Items">What is listed.</param>
/// <param name="ContinuationToken">Leads to the next page; null on the last.</param>
internal sealed record ListResponse<T>(IReadOnlyList<T> Items, string? ContinuationToken = null);

/// <summary>A page of a list of stored records, of which some may be unreadable.</summary>
/// <param name="Items">The records.</param>
/// <param name="ContinuationToken">Leads to the next page; null on the last.</param>
/// <param name="Unreadable">The records of the page that can't be read.</param>
internal sealed record RecordListResponse<T>(
    IReadOnlyList<T> Items, string? ContinuationToken, IReadOnlyList<UnreadableResponse> Unreadable)
{
    /// <summary>The list of some records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="show">Shows one of them.</param>
    /// <param name="continuationToken">The store's token for the next page; null on the last.</param>
    public static RecordListResponse<T> Of<TRecord>(RecordList<TRecord> records, Func<TRecord, T> show, string? continuationToken = null) =>
        new([.. records.Select(show)], PageQuery.Encode(continuationToken), UnreadableResponse.Of(records));
}
