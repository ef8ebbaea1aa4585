using System.Text.Json;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Problems;
using ExportFunctions.Tests.OpenApi;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Monitoring.Alerts;

/// <summary>Reads rules against the sample school.</summary>
internal static class AlertRuleRequests
{
    public static AlertRuleReader Reader { get; } = new(
        DatasetsFileReader.Read(Repository.Find().SampleDatasets, new ConfigurationBuilder().Build()), AppFormats.Catalog);

    public static (AlertRuleRequest? Rule, IReadOnlyDictionary<string, string[]> Errors) Read(string json)
    {
        using var body = JsonDocument.Parse(json);
        var errors = new FieldErrors();
        return (Reader.Read(body.RootElement, errors), errors.ByField);
    }
}
