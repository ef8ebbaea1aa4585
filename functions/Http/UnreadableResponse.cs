using ExportFunctions.Storage;

namespace ExportFunctions.Functions.Http;

/// <summary>A record of a list that can't be read, instead of what it would be.</summary>
internal sealed record UnreadableResponse(string Id, string Status, DateTime? CreatedAt, string Reason)
{
    public static IReadOnlyList<UnreadableResponse> Of<T>(RecordList<T> list) =>
    [
        .. list.Unreadable.Select(record => new UnreadableResponse(record.Id, "unreadable", record.CreatedAt?.UtcDateTime, record.Reason)),
    ];
}
