using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>One page of alerts.</summary>
/// <param name="Alerts">The alerts, newest first.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record AlertPage(RecordList<Alert> Alerts, string? ContinuationToken);
