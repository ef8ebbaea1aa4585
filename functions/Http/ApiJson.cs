using System.Text.Json.Serialization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Datasets;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Health;
using ExportFunctions.Functions.Maintenance;
using ExportFunctions.Functions.Monitoring;
using ExportFunctions.Functions.Notifications;
using ExportFunctions.Functions.Notifications.Webhooks;
using ExportFunctions.Functions.Schedules;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Problems;

namespace ExportFunctions.Functions.Http;

/// <summary>Source-generated JSON of the API's answers: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(UnreadableResponse))]
[JsonSerializable(typeof(ExportResponse))]
[JsonSerializable(typeof(RecordListResponse<ExportResponse>), TypeInfoPropertyName = "ExportList")]
[JsonSerializable(typeof(DatasetResponse))]
[JsonSerializable(typeof(ListResponse<DatasetResponse>), TypeInfoPropertyName = "DatasetList")]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(HealthDetailsResponse))]
[JsonSerializable(typeof(ScheduleResponse))]
[JsonSerializable(typeof(RecordListResponse<ScheduleSummaryResponse>), TypeInfoPropertyName = "ScheduleList")]
[JsonSerializable(typeof(SchedulePreviewResponse))]
[JsonSerializable(typeof(ListResponse<OccurrenceResponse>), TypeInfoPropertyName = "OccurrenceList")]
[JsonSerializable(typeof(RecordListResponse<ScheduleRunResponse>), TypeInfoPropertyName = "ScheduleRunList")]
[JsonSerializable(typeof(StartedRunResponse))]
[JsonSerializable(typeof(DeliveryResponse))]
[JsonSerializable(typeof(RecordListResponse<DeliveryResponse>), TypeInfoPropertyName = "DeliveryList")]
[JsonSerializable(typeof(WebhookResponse))]
[JsonSerializable(typeof(RecordListResponse<WebhookResponse>), TypeInfoPropertyName = "WebhookList")]
[JsonSerializable(typeof(WebhookTestResponse))]
[JsonSerializable(typeof(SubscriptionResponse))]
[JsonSerializable(typeof(RecordListResponse<SubscriptionResponse>), TypeInfoPropertyName = "SubscriptionList")]
[JsonSerializable(typeof(CleanupPlanResponse))]
[JsonSerializable(typeof(MaintenanceRunResponse))]
[JsonSerializable(typeof(RecordListResponse<MaintenanceRunResponse>), TypeInfoPropertyName = "MaintenanceRunList")]
[JsonSerializable(typeof(RecordListResponse<AttemptRecord>), TypeInfoPropertyName = "MetricList")]
[JsonSerializable(typeof(PerformanceResponse))]
[JsonSerializable(typeof(SlowestResponse))]
[JsonSerializable(typeof(PerformanceReport))]
[JsonSerializable(typeof(AlertRule))]
[JsonSerializable(typeof(RecordListResponse<AlertRule>), TypeInfoPropertyName = "AlertRuleList")]
[JsonSerializable(typeof(PoisonMessage))]
[JsonSerializable(typeof(ListResponse<PoisonMessage>), TypeInfoPropertyName = "PoisonList")]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(RecordListResponse<Alert>), TypeInfoPropertyName = "AlertList")]
internal sealed partial class ApiJson : JsonSerializerContext;
