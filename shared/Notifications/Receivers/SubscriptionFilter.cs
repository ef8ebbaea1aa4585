namespace ExportFunctions.Notifications.Receivers;

/// <summary>The filter of a subscription. An empty list matches everything.</summary>
public sealed record SubscriptionFilter
{
    /// <summary>Everything.</summary>
    public static SubscriptionFilter All { get; } = new();

    /// <summary>The names of events.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>The names of datasets. An event about no dataset in particular passes.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>The names of formats. An event about no format in particular passes.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>Whether an event passes the filter.</summary>
    /// <param name="happening">What happened.</param>
    public bool Wants(Happening happening) =>
        Passes(Events, happening.Event.Name()) && Passes(Datasets, happening.Dataset) && Passes(Formats, happening.Format);

    private static bool Passes(IReadOnlyList<string> names, string? name) =>
        names.Count == 0 || name is null || names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
