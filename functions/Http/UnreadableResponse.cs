using ExportFunctions.Storage;

namespace ExportFunctions.Functions.Http;

/// <summary>Takes the place of a list's record that can't be read.</summary>
internal sealed record UnreadableResponse(string Id, string Status, DateTime? CreatedAt, string Reason)
{
    public static IReadOnlyList<UnreadableResponse> Of<T>(RecordList<T> list) =>
    [
        .. list.Unreadable.Select(record => new UnreadableResponse(record.Id, "unreadable", record.CreatedAt?.UtcDateTime, record.Reason)),
    ];
}
