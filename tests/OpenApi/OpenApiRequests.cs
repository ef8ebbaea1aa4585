using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Notifications.Webhooks;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Monitoring.Alerts;
using ExportFunctions.Tests.Notifications.Subscriptions;
using ExportFunctions.Tests.Notifications.Webhooks.Requests;
using ExportFunctions.Tests.Schedules.Requests;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>Reads a request as an operation does, against the sample school.</summary>
internal static class OpenApiRequests
{
    public static async Task<(object? Request, IReadOnlyDictionary<string, string[]> Errors)> ReadAsync(string operation, string json)
    {
        var names = operation.Contains("ImportExport", StringComparison.Ordinal) ? RequestNames.ImportExport : RequestNames.Standard;
        return operation switch
        {
            "RestoreExport" or "RestoreImportExport" => Read(json, (body, errors) => ExportRestoreHttp.ReadDays(body, errors)),
            "RotateWebhookSecret" => Read(json, (body, errors) => WebhookSecretsHttp.ReadKeep(body, errors)),
            _ when operation.Contains("Webhook", StringComparison.Ordinal) => await WebhookRequestReaderTests.ReadAsync(json),
            _ when operation.Contains("Subscription", StringComparison.Ordinal) => SubscriptionRequests.Read(json),
            _ when operation.Contains("AlertRule", StringComparison.Ordinal) => AlertRuleRequests.Read(json),
            _ when operation.Contains("Schedule", StringComparison.Ordinal) => ScheduleRequests.Read(json, names),
            _ => Read(json, (body, errors) => AppFormats.SchoolRequests.Read(body, null, names, errors)),
        };
    }

    private static (object? Request, IReadOnlyDictionary<string, string[]> Errors) Read(
        string json, Func<JsonElement, FieldErrors, object?> read)
    {
        using var body = JsonDocument.Parse(json, ExportRequestReader.JsonOptions);
        var errors = new FieldErrors();
        return (read(body.RootElement, errors), errors.ByField);
    }
}
