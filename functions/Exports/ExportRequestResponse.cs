using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;

namespace ExportFunctions.Functions.Exports;

/// <summary>
/// What an export was asked for, as the answer about this one export shows it. Lists and events leave it out: it may be long, and it names
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
    /// The most characters of a filter that comes back as it was sent; of a longer one, such as a list of thousands of values, only the
    /// words do.
    /// </summary>
    public const int MaxFilterLength = 8_192;

    /// <summary>The request of a job; null when the job was read without it, or when nobody can read it any more.</summary>
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
