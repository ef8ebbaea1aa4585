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
        using var document = JsonDocument.Parse(job.RequestJson, ExportRequestReader.JsonOptions);
        var request = document.RootElement;
        return new(
            job.FilterInWords,
            !job.IsFilterApart && Given(request, "filter") is { } filter && filter.GetRawText().Length <= MaxFilterLength
                ? filter.Clone()
                : null,
            Given(request, "columns") is { } columns ? Texts(columns) : null,
            Given(request, "sort")?.Clone(),
            Given(request, "offset")?.GetInt64() ?? 0,
            Given(request, "limit")?.GetInt64(),
            job.FileName,
            Given(request, "options")?.Clone(),
            Given(request, "retry")?.Clone(),
            Given(request, "notify") is { } notify ? Texts(notify) : [],
            Given(request, "attachFile")?.GetBoolean() ?? false,
            Given(request, "snapshot")?.GetBoolean() ?? false);
    }

    private static JsonElement? Given(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static List<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
