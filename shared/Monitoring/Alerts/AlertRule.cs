using System.Text.Json.Serialization;
using Azure;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>A threshold that attempts are evaluated against when they are recorded.</summary>
public sealed record AlertRule
{
    /// <summary>The rule's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The display name, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The metric.</summary>
    public required AlertMetric Metric { get; init; }

    /// <summary>The threshold, in the unit of the metric.</summary>
    public required double Threshold { get; init; }

    /// <summary>Only this dataset; null for all.</summary>
    public string? Dataset { get; init; }

    /// <summary>Only this format; null for all.</summary>
    public string? Format { get; init; }

    /// <summary>The number of exports that a failure rate covers, 1 to 100; no alert is raised before there are that many.</summary>
    public int Last { get; init; } = 20;

    /// <summary>How long the rule stays quiet after raising an alert, up to 7 days; an hour by default.</summary>
    public TimeSpan QuietPeriod { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether it is enabled.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When it was created, in UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The stored record's version.</summary>
    [JsonIgnore]
    public ETag ETag { get; init; }
}
