namespace ExportFunctions.Functions.Notifications;

/// <summary>The paths of subscriptions, without a leading slash.</summary>
internal static class SubscriptionRoutes
{
    public const string Subscriptions = "api/v1/subscriptions";
    public const string Subscription = Subscriptions + "/{id}";
}
