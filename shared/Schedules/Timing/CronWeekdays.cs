using System.Globalization;

namespace ExportFunctions.Schedules.Timing;

/// <summary>
/// The day-of-week field of a cron expression as a plain list of days: the parser accepts 7 for Sunday on its own, but loses it at the
/// start of a range that has a step.
/// </summary>
internal static class CronWeekdays
{
    private const int DaysOfWeek = 7;

    private static readonly string[] Names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>The field with its ranges and steps expanded; unchanged if it contains anything else.</summary>
    public static string Listed(string field)
    {
        var days = new SortedSet<int>();
        foreach (var item in field.Split(','))
        {
            if (!TryAdd(item, days))
                return field;
        }

        return string.Join(',', days.Select(day => day.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Adds the days of <c>a</c>, <c>a-b</c>, <c>a-b/n</c> or <c>a/n</c>.</summary>
    private static bool TryAdd(string item, SortedSet<int> days)
    {
        var (range, step) = item.Split('/') is [var before, var after] ? (before, after) : (item, "1");
        var ends = range.Split('-');
        if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var pace) || pace < 1 || ends.Length > 2
            || !TryRead(ends[0], out var first) || !TryRead(ends[^1], out var last))
            return false;

        // A day with a step extends to the end of the week; Sunday as 7 can both start and end one.
        if (ends.Length == 1)
            last = item.Contains('/', StringComparison.Ordinal) ? DaysOfWeek - 1 : first;
        if (first == DaysOfWeek && last != DaysOfWeek)
            first = 0;
        if (last < first)
            last += DaysOfWeek;
        for (var day = first; day <= last; day += pace)
            days.Add(day % DaysOfWeek);
        return true;
    }

    private static bool TryRead(string text, out int day)
    {
        day = Array.FindIndex(Names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        return day >= 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out day) && day <= DaysOfWeek);
    }
}
