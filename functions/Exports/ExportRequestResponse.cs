using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;

namespace ExportFunctions.Functions.Exports;

/// <summary>
/// The request of an export, shown only in the response for that single export. Lists and events omit it: it may be long, and it names
/// people.
/// </summary>
internal sealed record ExportRequestResponse(
    string? FilterInWords,
    JsonElement? Filter,
    IReadOnlyList<string>? Columns,
    JsonElement? Sort,
    long Offset,
    long? Limit,
    string FileName,
    JsonElement? Options,
    JsonElement? Retry,
    IReadOnlyList<string> Notify,
    bool AttachFile,
    bool Snapshot)
{
    /// <summary>
    /// The longest filter, in characters, that is returned as sent; of a longer one, such as a list of thousands of values, only the
    /// description in words is returned.
    /// </summary>
    public const int MaxFilterLength = 8_192;

    /// <summary>The request of a job; null when the job was read without it, or when it is no longer readable.</summary>
    public static ExportRequestResponse? Of(ExportJob job)
    {
        try
        {
            return job.RequestJson.Length == 0 ? null : Read(job);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static ExportRequestResponse Read(ExportJob job)
    {
        var request = StoredRequest.Parse(job.RequestJson);
        return new(
            job.FilterInWords,
            !job.IsFilterApart && request.Given("filter") is { } filter && filter.GetRawText().Length <= MaxFilterLength ? filter : null,
            request.Columns,
            request.Given("sort"),
            request.Given("offset")?.GetInt64() ?? 0,
            request.Given("limit")?.GetInt64(),
            job.FileName,
            request.Given("options"),
            request.Given("retry"),
            request.Notify,
            request.AttachFile,
            request.IsSnapshot);
    }
}
