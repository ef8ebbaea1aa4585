using System.Globalization;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>Formats figures for people, in English.</summary>
internal static class ReportText
{
    /// <summary>A count or a rate: below ten with a decimal, if it has one, as on an axis or for a slow export.</summary>
    public static string Count(double value) =>
        value < 9.95 ? value.ToString("0.#", CultureInfo.InvariantCulture) : Math.Round(value).ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Rate(double? perSecond) => perSecond is { } value ? Count(value) : "–";

    public static string Times(long times) => times == 1 ? "once" : Count(times) + " times";

    public static string Seconds(double? seconds) => seconds switch
    {
        null => "–",
        < 0.9995 => string.Create(CultureInfo.InvariantCulture, $"{seconds.Value * 1000:0} ms"),
        < 99.95 => string.Create(CultureInfo.InvariantCulture, $"{seconds.Value:0.0} s"),
        < 5999.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds.Value / 60:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds.Value / 3600:0.0} h"),
    };

    public static string Change(double? change) =>
        change is { } value ? (value * 100).ToString("+0.#;−0.#;0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>A window in words: its first and its last day.</summary>
    public static string Window(DateOnly from, DateOnly to)
    {
        var last = to.AddDays(-1);
        var end = last.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return from == last ? end : from.ToString(
            from.Year == last.Year ? "d MMMM" : "d MMMM yyyy", CultureInfo.InvariantCulture) + " to " + end;
    }

    public static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);
}
