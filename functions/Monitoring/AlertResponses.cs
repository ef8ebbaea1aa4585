using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Alerts;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Every alert rule.</summary>
internal sealed record AlertRuleListResponse(IReadOnlyList<AlertRule> Rules, IReadOnlyList<UnreadableResponse> Unreadable);

/// <summary>A page of alerts.</summary>
internal sealed record AlertListResponse(
    IReadOnlyList<Alert> Alerts, IReadOnlyList<UnreadableResponse> Unreadable, string? ContinuationToken);
