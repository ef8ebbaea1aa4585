using System.Globalization;
using ExportFunctions.Monitoring.Alerts;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>Reports days that a cleanup skipped.</summary>
internal sealed class StuckDays(AppAlerts alerts)
{
    /// <summary>
    /// How often a cleanup attempts a day, with the other days in between: another host working on it has finished by then.
    /// </summary>
    public const int MaxTries = 3;

    /// <summary>What a run skipped, in words; null when nothing was.</summary>
    public static string? InWords(MaintenanceRun run)
    {
        var parts = new List<string>();
        if (run.StuckDays.Count > 0)
            parts.Add($"The files of {List(run.StuckDays)} could not be dealt with.");
        if (run.StuckArchives.Count > 0)
            parts.Add($"Deleted exports could not be removed from the archives of {List(run.StuckArchives)}.");
        return parts.Count == 0
            ? null
            : $"{string.Join(' ', parts)} The log says why, and the next cleanup tries again. All other days were dealt with.";
    }

    /// <summary>Raises an alert for each day.</summary>
    public async Task TellAsync(MaintenanceRun run, CancellationToken cancellationToken)
    {
        foreach (var day in run.StuckDays)
            await RaiseAsync(
                $"Cleanup of {Text(day)}",
                $"The files of {Text(day)} could not be archived or removed, in {MaxTries} tries. Later days were dealt with.",
                cancellationToken);
        foreach (var day in run.StuckArchives)
            await RaiseAsync($"Archive of {Text(day)}", $"Deleted exports could not be removed from the archive of {Text(day)}, in "
                + $"{MaxTries} tries. Other archives were dealt with.", cancellationToken);
    }

    private Task RaiseAsync(string subject, string message, CancellationToken cancellationToken) =>
        alerts.RaiseAsync(
            AlertMetric.Cleanup, subject, $"{message} The log says why, and each cleanup tries again.", MaxTries, cancellationToken);

    private static string List(IReadOnlyList<DateOnly> days)
    {
        const int max = 5;
        var named = string.Join(", ", days.Take(max).Select(Text));
        return days.Count <= max ? named : $"{named} and {days.Count - max} more days";
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
