namespace ExportFunctions.Monitoring.Alerts;

/// <summary>A threshold that was crossed, or something that the app itself can't continue with.</summary>
public sealed record Alert
{
    /// <summary>
    /// The alert's id, derived from the rule and the attempt: the same crossing has the same id, however often it is evaluated.
    /// </summary>
    public required Guid Id { get; init; }

    /// <summary>The rule; null for an alert of the app itself.</summary>
    public required Guid? RuleId { get; init; }

    /// <summary>The rule's name at the time; for an alert of the app itself, its subject.</summary>
    public required string RuleName { get; init; }

    /// <summary>The metric.</summary>
    public required AlertMetric Metric { get; init; }

    /// <summary>The threshold.</summary>
    public required double Threshold { get; init; }

    /// <summary>The value that crossed it.</summary>
    public required double Value { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The export whose attempt crossed it; null for an alert of the app itself.</summary>
    public required Guid? ExportId { get; init; }

    /// <summary>The attempt's number; 0 for an alert of the app itself.</summary>
    public required int Attempt { get; init; }

    /// <summary>The attempt's dataset; null for an alert of the app itself.</summary>
    public required string? Dataset { get; init; }

    /// <summary>The attempt's format; null for an alert of the app itself.</summary>
    public required string? Format { get; init; }

    /// <summary>When the attempt ended, or the app gave up, in UTC.</summary>
    public required DateTime RaisedAt { get; init; }

    /// <summary>When it was acknowledged, in UTC; null when it has not been.</summary>
    public DateTime? AcknowledgedAt { get; init; }
}
