using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>The metrics of alerts, by their JSON names in camel case.</summary>
[JsonConverter(typeof(AlertMetricConverter))]
public enum AlertMetric
{
    /// <summary>Seconds an attempt took; a value above the threshold raises an alert.</summary>
    Duration,

    /// <summary>Records per second of a succeeded attempt that wrote any; a value below the threshold raises an alert.</summary>
    RowsPerSecond,

    /// <summary>Bytes of a published file; a value above the threshold raises an alert.</summary>
    FileSize,

    /// <summary>
    /// The share of failed exports among the last ones that succeeded or failed, 0 to 1; a value at or above the threshold raises an alert.
    /// </summary>
    FailureRate,

    /// <summary>Seconds a job waited for an attempt; a value above the threshold raises an alert.</summary>
    QueueWait,

    /// <summary>
    /// Attempts of the cleanup at a day, all of which failed. The app itself raises these alerts; no rule uses this metric.
    /// </summary>
    Cleanup,
}

/// <summary>The names of metrics.</summary>
public static class AlertMetrics
{
    private static readonly AlertMetric[] All = [.. Enum.GetValues<AlertMetric>().Where(metric => metric != AlertMetric.Cleanup)];

    /// <summary>Every metric that a rule may have.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(Name)];

    /// <summary>The JSON name.</summary>
    /// <param name="metric">The metric.</param>
    public static string Name(this AlertMetric metric) => JsonNamingPolicy.CamelCase.ConvertName(metric.ToString());

    /// <summary>The metric with a JSON name; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static AlertMetric? Parse(string? name)
    {
        foreach (var metric in All)
        {
            if (string.Equals(metric.Name(), name, StringComparison.Ordinal))
                return metric;
        }

        return null;
    }
}

/// <summary>Writes metrics by name. Public, as source-generated JSON of other assemblies needs it.</summary>
public sealed class AlertMetricConverter() : JsonStringEnumConverter<AlertMetric>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
