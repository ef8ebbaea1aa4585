namespace ExportFunctions.Monitoring.Alerts;

/// <summary>A rule as requested, fully validated.</summary>
/// <param name="Name">The display name, 1 to 100 characters.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Dataset">Only this dataset.</param>
/// <param name="Format">Only this format.</param>
/// <param name="Last">The number of exports that a failure rate covers.</param>
/// <param name="QuietPeriod">How long the rule stays quiet after raising an alert.</param>
/// <param name="Enabled">Whether it is enabled.</param>
public sealed record AlertRuleRequest(
    string Name, AlertMetric Metric, double Threshold, string? Dataset, string? Format, int Last, TimeSpan QuietPeriod, bool Enabled);
