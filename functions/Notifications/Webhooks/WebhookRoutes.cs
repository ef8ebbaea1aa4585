namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>The paths of webhooks, without a leading slash.</summary>
internal static class WebhookRoutes
{
    public const string Webhooks = "api/v1/webhooks";

    public static string Of(Guid id) => $"/{Webhooks}/{id}";
}
