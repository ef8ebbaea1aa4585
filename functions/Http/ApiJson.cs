using System.Text.Json.Serialization;
using ExportFunctions.Functions.Datasets;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Health;
using ExportFunctions.Functions.Maintenance;
using ExportFunctions.Functions.Monitoring;
using ExportFunctions.Functions.Notifications;
using ExportFunctions.Functions.Notifications.Webhooks;
using ExportFunctions.Functions.Schedules;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Problems;

namespace ExportFunctions.Functions.Http;

/// <summary>Source-generated JSON of the API's answers: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(UnreadableResponse))]
[JsonSerializable(typeof(ExportResponse))]
[JsonSerializable(typeof(ExportListResponse))]
[JsonSerializable(typeof(DatasetResponse))]
[JsonSerializable(typeof(DatasetListResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ScheduleResponse))]
[JsonSerializable(typeof(ScheduleListResponse))]
[JsonSerializable(typeof(SchedulePreviewResponse))]
[JsonSerializable(typeof(OccurrenceListResponse))]
[JsonSerializable(typeof(ScheduleRunListResponse))]
[JsonSerializable(typeof(StartedRunResponse))]
[JsonSerializable(typeof(DeliveryResponse))]
[JsonSerializable(typeof(DeliveryListResponse))]
[JsonSerializable(typeof(WebhookResponse))]
[JsonSerializable(typeof(WebhookListResponse))]
[JsonSerializable(typeof(WebhookSecretResponse))]
[JsonSerializable(typeof(WebhookTestResponse))]
[JsonSerializable(typeof(SubscriptionResponse))]
[JsonSerializable(typeof(SubscriptionListResponse))]
[JsonSerializable(typeof(CleanupPlanResponse))]
[JsonSerializable(typeof(MaintenanceRunResponse))]
[JsonSerializable(typeof(MaintenanceRunListResponse))]
[JsonSerializable(typeof(MetricListResponse))]
[JsonSerializable(typeof(PerformanceResponse))]
[JsonSerializable(typeof(SlowestResponse))]
[JsonSerializable(typeof(PerformanceReport))]
[JsonSerializable(typeof(AlertRule))]
[JsonSerializable(typeof(AlertRuleListResponse))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(AlertListResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
