namespace ExportFunctions.Functions.Notifications;

/// <summary>The paths of deliveries, without a leading slash.</summary>
internal static class DeliveryRoutes
{
    public const string Deliveries = "api/v1/deliveries";
}
