using System.Text.Json.Serialization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Sending;

namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>
/// A webhook as the API shows it: with its secret only when that was just created, and its address without the parts that may be secret.
/// </summary>
internal sealed record WebhookResponse(
    Guid Id,
    string Name,
    string Url,
    string Kind,
    IReadOnlyList<string> Events,
    IReadOnlyList<string> Datasets,
    IReadOnlyList<string> Formats,
    string? Template,
    string Language,
    bool Enabled,
    string? DisabledBecause,
    DateTime? OldSecretUntil,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null)
{
    public static WebhookResponse Of(Webhook webhook) => new(
        webhook.Id,
        webhook.Name,
        webhook.ShownUrl,
        webhook.Kind.Name(),
        webhook.Filter.Events,
        webhook.Filter.Datasets,
        webhook.Filter.Formats,
        webhook.Template,
        webhook.Language,
        webhook.Enabled,
        webhook.DisabledBecause,
        webhook.OldSecretUntil?.UtcDateTime,
        webhook.CreatedAt.UtcDateTime,
        webhook.UpdatedAt.UtcDateTime);
}

/// <summary>The result of testing a webhook.</summary>
internal sealed record WebhookTestResponse(string Event, string Outcome, int? Status, string Answer, double? RetryAfterSeconds)
{
    public static WebhookTestResponse Of(string eventName, WebhookAnswer answer) => new(
        eventName,
        answer.Outcome switch
        {
            DeliveryOutcome.Accepted => "accepted",
            DeliveryOutcome.Refused => "refused",
            _ => "tryLater",
        },
        answer.Status,
        answer.Text,
        answer.RetryAfter?.TotalSeconds);
}
