using System.Text.Json.Serialization;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>Source-generated JSON for the API's webhook responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookResponse))]
[JsonSerializable(typeof(RecordListResponse<WebhookResponse>), TypeInfoPropertyName = "WebhookList")]
[JsonSerializable(typeof(WebhookTestResponse))]
internal sealed partial class WebhooksApiJson : JsonSerializerContext;
