using ExportFunctions.Monitoring.Alerts;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Every alert rule.</summary>
internal sealed record AlertRuleListResponse(IReadOnlyList<AlertRule> Rules);

/// <summary>A page of alerts.</summary>
internal sealed record AlertListResponse(IReadOnlyList<Alert> Alerts, string? ContinuationToken);
