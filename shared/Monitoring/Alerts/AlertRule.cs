using System.Text.Json.Serialization;
using Azure;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>A threshold that attempts are held against when they are recorded.</summary>
public sealed record AlertRule
{
    /// <summary>The rule's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What it watches.</summary>
    public required AlertMetric Metric { get; init; }

    /// <summary>The threshold, in the unit of what it watches.</summary>
    public required double Threshold { get; init; }

    /// <summary>Only this dataset; null watches all.</summary>
    public string? Dataset { get; init; }

    /// <summary>Only this format; null watches all.</summary>
    public string? Format { get; init; }

    /// <summary>Over how many exports a failure rate is taken, 1 to 100; none is raised before there were so many.</summary>
    public int Last { get; init; } = 20;

    /// <summary>How long it raises nothing more after it raised an alert, up to 7 days; an hour by default.</summary>
    public TimeSpan QuietPeriod { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether it is in force.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When it was made, in UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was changed last, in UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The stored record's version.</summary>
    [JsonIgnore]
    public ETag ETag { get; init; }
}
