using ExportFunctions.Notifications.Subscriptions;

namespace ExportFunctions.Functions.Notifications;

/// <summary>A subscription to events by mail. An empty list stands for all.</summary>
internal sealed record SubscriptionResponse(
    Guid Id,
    string Name,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Events,
    IReadOnlyList<string> Datasets,
    IReadOnlyList<string> Formats,
    bool Enabled,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    public static SubscriptionResponse Of(Subscription subscription) => new(
        subscription.Id,
        subscription.Name,
        subscription.To,
        subscription.Filter.Events,
        subscription.Filter.Datasets,
        subscription.Filter.Formats,
        subscription.Enabled,
        subscription.CreatedAt,
        subscription.UpdatedAt);
}
