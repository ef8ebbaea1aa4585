namespace ExportFunctions.Tests.Structure;

/// <summary>The order of folders, from the bottom to the top: each knows only those before it.</summary>
internal static class Layers
{
    /// <summary>The folders of <c>shared/</c>; those of one line don't know each other.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Shared =
    [
        ["Problems", "Startup", "Outages"],
        ["Storage", "Compression"],
        ["Datasets"],
        ["Formats"],
        ["Exports"],
        ["Schedules", "Monitoring", "Health"],
        ["Notifications"],
        ["Maintenance"],
        ["Functions"],
        ["Local"],
    ];

    /// <summary>The folders of <c>shared/Exports</c>.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Exports =
    [
        ["Requests", "Queue", "Hosts"],
        ["Jobs"],
        ["Files", "Attempts"],
        ["Submission", "Slices"],
        ["Processing"],
        ["Turns", "OwnOnly"],
    ];

    /// <summary>The folders of <c>functions/</c>.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Functions =
    [
        ["Http"],
        ["OpenApi", "Datasets", "Exports", "Health", "Maintenance", "Monitoring", "Notifications"],
        ["Schedules"],
    ];

    /// <summary>The arrows that point up or sideways, each as one line that names the types.</summary>
    /// <param name="arrows">Who uses whom.</param>
    /// <param name="layers">The order.</param>
    public static IReadOnlyList<string> UpwardOf(IEnumerable<Arrow> arrows, IReadOnlyList<IReadOnlyList<string>> layers) =>
    [
        .. arrows
            .Where(arrow => arrow.From != arrow.To && LevelOf(arrow.To, layers) >= LevelOf(arrow.From, layers))
            .Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.User} uses {arrow.Used}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static int LevelOf(string folder, IReadOnlyList<IReadOnlyList<string>> layers)
    {
        for (var level = 0; level < layers.Count; level++)
        {
            if (layers[level].Contains(folder, StringComparer.Ordinal))
                return level;
        }

        throw new InvalidOperationException($"Say in {nameof(Layers)} where the folder {folder} lies.");
    }
}

/// <summary>A type of one folder uses one of another.</summary>
internal sealed record Arrow(string From, string To, string User, string Used);
