namespace ExportFunctions.Monitoring.Alerts;

/// <summary>A rule as its owner asks for it, checked.</summary>
/// <param name="Name">What people call it, 1 to 100 characters.</param>
/// <param name="Metric">What it watches.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Dataset">Only this dataset.</param>
/// <param name="Format">Only this format.</param>
/// <param name="Last">Over how many exports a failure rate is taken.</param>
/// <param name="QuietPeriod">How long it raises nothing more after it raised an alert.</param>
/// <param name="Enabled">Whether it is in force.</param>
public sealed record AlertRuleRequest(
    string Name, AlertMetric Metric, double Threshold, string? Dataset, string? Format, int Last, TimeSpan QuietPeriod, bool Enabled);
