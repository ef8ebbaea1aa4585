namespace ExportFunctions.Monitoring.Alerts;

/// <summary>A threshold that was crossed, or something that the app itself can't go on with.</summary>
public sealed record Alert
{
    /// <summary>
    /// The alert's id. It follows from the rule and the attempt: the same crossing has the same id, however often it is seen.
    /// </summary>
    public required Guid Id { get; init; }

    /// <summary>The rule; null for an alert of the app itself.</summary>
    public required Guid? RuleId { get; init; }

    /// <summary>What the rule was called; for an alert of the app itself, what it is about.</summary>
    public required string RuleName { get; init; }

    /// <summary>What the rule watches.</summary>
    public required AlertMetric Metric { get; init; }

    /// <summary>The threshold.</summary>
    public required double Threshold { get; init; }

    /// <summary>The value that crossed it.</summary>
    public required double Value { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The export whose attempt crossed it; null for an alert of the app itself.</summary>
    public required Guid? ExportId { get; init; }

    /// <summary>Which attempt; 0 for an alert of the app itself.</summary>
    public required int Attempt { get; init; }

    /// <summary>The attempt's dataset; null for an alert of the app itself.</summary>
    public required string? Dataset { get; init; }

    /// <summary>The attempt's format; null for an alert of the app itself.</summary>
    public required string? Format { get; init; }

    /// <summary>When the attempt ended, or the app gave up, in UTC.</summary>
    public required DateTime RaisedAt { get; init; }

    /// <summary>When somebody acknowledged it, in UTC; null when nobody has.</summary>
    public DateTime? AcknowledgedAt { get; init; }
}
