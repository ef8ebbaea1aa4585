using System.Text.Json.Serialization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Monitoring;

/// <summary>Source-generated JSON of stored monitoring data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AttemptRecord))]
[JsonSerializable(typeof(StoredSummary))]
[JsonSerializable(typeof(AlertRule))]
[JsonSerializable(typeof(AlertWindow))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(PerformanceReport))]
internal sealed partial class MonitoringJson : JsonSerializerContext;
