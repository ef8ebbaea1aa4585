using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Reads and validates rules, field by field, and reports all errors at once.</summary>
public sealed class AlertRuleReader(DatasetCatalog datasets, FormatCatalog formats)
{
    private const int MaxNameLength = 100;
    private const int MaxLast = 100;
    private const int DefaultLast = 20;

    private static readonly TimeSpan DefaultQuiet = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxQuiet = TimeSpan.FromDays(7);

    private static readonly JsonShape Shape = new(
        ["name", "metric", "threshold", "dataset", "format", "last", "quietPeriod", "enabled"],
        "{\"name\": \"Slow exports\", \"metric\": \"duration\", \"threshold\": 60}");

    /// <summary>Reads a rule.</summary>
    /// <param name="body">The request body.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <returns>The rule; null when there are errors.</returns>
    public AlertRuleRequest? Read(JsonElement body, FieldErrors errors)
    {
        if (JsonFields.Open(body, Shape, errors) is not { } fields)
            return null;

        const string All = "Leave it out to watch all.";
        var metric = ReadMetric(fields);
        var request = new AlertRuleRequest(
            fields.RequiredText("name", MaxNameLength, "Slow exports"),
            metric ?? default,
            fields.RequiredNumber("threshold", metric == AlertMetric.FailureRate ? 1 : 1e15, ExpectedThreshold(metric)),
            fields.OneOf("dataset", [.. datasets.Names], find: null, All),
            fields.OneOf("format", formats.Names, text => formats.Find(text)?.Name, All),
            ReadLast(fields, metric),
            fields.Duration("quietPeriod", TimeSpan.Zero, MaxQuiet, DefaultQuiet) ?? DefaultQuiet,
            fields.Flag("enabled", otherwise: true));
        return errors.IsEmpty ? request : null;
    }

    private static AlertMetric? ReadMetric(JsonFields fields)
    {
        const string Name = "metric";
        return fields.Required(Name, FieldMessages.OneOf(AlertMetrics.Names, AlertMetric.Duration.Name())) is null
            ? null
            : AlertMetrics.Parse(fields.OneOf(Name, AlertMetrics.Names));
    }

    private static string ExpectedThreshold(AlertMetric? metric) => metric switch
    {
        AlertMetric.FailureRate => "Must be a share above 0 and up to 1, such as 0.2.",
        AlertMetric.FileSize => "Must be a number of bytes above 0, such as 100000000.",
        AlertMetric.RowsPerSecond => "Must be a number of records a second above 0, such as 1000.",
        AlertMetric.Duration or AlertMetric.QueueWait => "Must be a number of seconds above 0, such as 60.",
        _ => "Must be a number above 0, such as 60.",
    };

    private static int ReadLast(JsonFields fields, AlertMetric? metric)
    {
        const string Name = "last";
        if (metric is null or AlertMetric.FailureRate)
            return fields.WholeNumber(Name, 1, MaxLast, "20") ?? DefaultLast;

        if (fields.Given(Name) is not null)
            fields.Fail(Name, "Goes with the metric failureRate only. Leave it out.");
        return DefaultLast;
    }
}
