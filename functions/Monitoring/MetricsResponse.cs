using ExportFunctions.Exports.Attempts;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>A page of records, as they are kept.</summary>
internal sealed record MetricListResponse(
    IReadOnlyList<AttemptRecord> Records, IReadOnlyList<UnreadableResponse> Unreadable, string? ContinuationToken);
