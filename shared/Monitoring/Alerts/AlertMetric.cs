using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>What a rule watches, by its JSON name in camel case.</summary>
[JsonConverter(typeof(AlertMetricConverter))]
public enum AlertMetric
{
    /// <summary>Seconds an attempt took; more than the threshold raises an alert.</summary>
    Duration,

    /// <summary>Records a second of an attempt that succeeded and wrote any; fewer than the threshold raise an alert.</summary>
    RowsPerSecond,

    /// <summary>Bytes of a published file; more than the threshold raise an alert.</summary>
    FileSize,

    /// <summary>
    /// The share of failed exports in the last ones that succeeded or failed, 0 to 1; the threshold or more raises an alert.
    /// </summary>
    FailureRate,

    /// <summary>Seconds a job waited for an attempt; more than the threshold raise an alert.</summary>
    QueueWait,

    /// <summary>Tries of the cleanup at a day, all of which failed. The app itself raises these alerts; no rule watches it.</summary>
    Cleanup,
}

/// <summary>The names of what rules watch.</summary>
public static class AlertMetrics
{
    private static readonly AlertMetric[] All = [.. Enum.GetValues<AlertMetric>().Where(metric => metric != AlertMetric.Cleanup)];

    /// <summary>Every name that a rule may have.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(Name)];

    /// <summary>The JSON name.</summary>
    /// <param name="metric">What is watched.</param>
    public static string Name(this AlertMetric metric) => JsonNamingPolicy.CamelCase.ConvertName(metric.ToString());

    /// <summary>What a JSON name stands for; null when it is none.</summary>
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

/// <summary>Writes what rules watch by its name. Public, as source-generated JSON of other assemblies needs it.</summary>
public sealed class AlertMetricConverter() : JsonStringEnumConverter<AlertMetric>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
