using Azure;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>The age of records since their last write, by the storage service's clock, because host clocks may differ.</summary>
internal static class RecordAge
{
    /// <summary>The time from a record's last write until it was read.</summary>
    /// <param name="found">The record, with the response it came in.</param>
    public static TimeSpan Age(this NullableResponse<TableEntity> found) => found.Value!.AgeIn(found.GetRawResponse());

    /// <summary>The time from a record's last write until it was read.</summary>
    /// <param name="entity">The record, with its timestamp.</param>
    /// <param name="response">The response it came in.</param>
    public static TimeSpan AgeIn(this TableEntity entity, Response response) => entity.AgeAt(response.Headers.Date);

    /// <summary>The time from a record's last write until an instant.</summary>
    /// <param name="entity">The record, with its timestamp.</param>
    /// <param name="readAt">The instant, by the storage service's clock; null when unknown.</param>
    public static TimeSpan AgeAt(this TableEntity entity, DateTimeOffset? readAt) =>
        readAt is { } now && entity.Timestamp is { } written && now > written ? now - written : TimeSpan.Zero;
}
