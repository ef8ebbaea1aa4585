using ExportFunctions.Exports.Attempts;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>A page of records, as they are kept.</summary>
internal sealed record MetricListResponse(IReadOnlyList<AttemptRecord> Records, string? ContinuationToken);
