using System.Text.Json.Serialization;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Subscriptions;
using ExportFunctions.Notifications.Webhooks;

namespace ExportFunctions.Notifications;

/// <summary>Source-generated JSON of the contents of deliveries and messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(DeliveryMessage))]
[JsonSerializable(typeof(SubscriptionFilter))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(IReadOnlyList<OldSecret>))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
