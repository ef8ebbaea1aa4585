using Azure;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>How long records have stood as they are, by the storage's own clock: those of hosts may be apart.</summary>
internal static class RecordAge
{
    /// <summary>The time since a record was written, when it was read.</summary>
    /// <param name="found">The record, with the answer that it came in.</param>
    public static TimeSpan Age(this NullableResponse<TableEntity> found) => found.Value!.AgeIn(found.GetRawResponse());

    /// <summary>The time since a record was written, when it was read.</summary>
    /// <param name="entity">The record, with its timestamp.</param>
    /// <param name="response">The answer that it came in.</param>
    public static TimeSpan AgeIn(this TableEntity entity, Response response) => entity.AgeAt(response.Headers.Date);

    /// <summary>The time since a record was written, at an instant.</summary>
    /// <param name="entity">The record, with its timestamp.</param>
    /// <param name="readAt">The instant, by the storage's clock; null when it isn't known.</param>
    public static TimeSpan AgeAt(this TableEntity entity, DateTimeOffset? readAt) =>
        readAt is { } now && entity.Timestamp is { } written && now > written ? now - written : TimeSpan.Zero;
}
