using System.Text.Json.Serialization;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Source-generated JSON for the API's notification responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DeliveryResponse))]
[JsonSerializable(typeof(RecordListResponse<DeliveryResponse>), TypeInfoPropertyName = "DeliveryList")]
[JsonSerializable(typeof(SubscriptionResponse))]
[JsonSerializable(typeof(RecordListResponse<SubscriptionResponse>), TypeInfoPropertyName = "SubscriptionList")]
internal sealed partial class NotificationsApiJson : JsonSerializerContext;
