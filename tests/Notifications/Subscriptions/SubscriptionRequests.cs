using System.Text.Json;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Subscriptions;
using ExportFunctions.Problems;
using ExportFunctions.Tests.OpenApi;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Notifications.Subscriptions;

/// <summary>Reads subscriptions against the sample school.</summary>
internal static class SubscriptionRequests
{
    private static readonly SubscriptionFilterReader Filters = new(
        DatasetsFileReader.Read(Repository.Find().SampleDatasets, new ConfigurationBuilder().Build()), AppFormats.Catalog);

    public static (SubscriptionRequest? Request, IReadOnlyDictionary<string, string[]> Errors) Read(
        string json, params string[] allowedDomains)
    {
        using var body = JsonDocument.Parse(json);
        var errors = new FieldErrors();
        var addresses = new AddressListReader(new NotificationOptions { AllowedDomains = allowedDomains });
        return (new SubscriptionReader(addresses, Filters).Read(body.RootElement, errors), errors.ByField);
    }
}
