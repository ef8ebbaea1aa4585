using System.Text.Json.Serialization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Monitoring.Reports;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Source-generated JSON for the API's monitoring responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
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
internal sealed partial class MonitoringApiJson : JsonSerializerContext;
