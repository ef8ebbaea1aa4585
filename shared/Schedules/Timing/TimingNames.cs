using System.Globalization;
using System.Text.Json;

namespace ExportFunctions.Schedules.Timing;

/// <summary>The JSON names of frequencies, weekdays and times, and timings in words.</summary>
public static class TimingNames
{
    internal const string TimeForm = "HH:mm";

    /// <summary>The frequency's JSON name.</summary>
    /// <param name="frequency">The frequency.</param>
    public static string Name(this ScheduleFrequency frequency) => NameOf(frequency);

    /// <summary>The weekday's JSON name.</summary>
    /// <param name="day">The day.</param>
    public static string Name(this DayOfWeek day) => NameOf(day);

    /// <summary>The time of day in JSON, such as <c>06:30</c>.</summary>
    /// <param name="time">The time.</param>
    public static string Text(this TimeOnly time) => time.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary>The timing in words, such as <c>every Monday at 06:00, Europe/Athens</c>.</summary>
    /// <param name="timing">The timing.</param>
    public static string InWords(this ScheduleTiming timing)
    {
        var time = (timing.Time ?? TimeOnly.MinValue).Text();
        var when = timing.Frequency switch
        {
            ScheduleFrequency.Hourly => timing.Minute is null or 0 ? "every hour, on the hour" : string.Create(
                CultureInfo.InvariantCulture, $"every hour at minute {timing.Minute}"),
            ScheduleFrequency.Daily => $"every day at {time}",
            ScheduleFrequency.Weekly => $"every {timing.Weekday ?? DayOfWeek.Monday} at {time}",
            ScheduleFrequency.Monthly => $"{DayInWords(timing.DayOfMonth ?? 1)} of every month at {time}",
            _ =>
                $"by the cron expression {timing.Cron}{(timing.NamesBothDays() ? ", on days that match both its day of the month and its"
                    + " day of the week" : "")}",
        };
        return $"{when}, {timing.TimeZone}";
    }

    /// <summary>What may surprise the schedule's owner, in sentences; empty when there is nothing.</summary>
    /// <param name="timing">The timing.</param>
    public static IReadOnlyList<string> Warnings(this ScheduleTiming timing) => timing.NamesBothDays()
        ? ["The cron expression narrows both the day of the month and the day of the week: it is due only on days that match both, as "
            + "in NCRONTAB. "
            + "POSIX cron would be due on days that match either; for that, make two schedules."]
        : [];

    private static bool NamesBothDays(this ScheduleTiming timing) =>
        timing is { Frequency: ScheduleFrequency.Custom, Cron: { } cron } && CronText.TryParse(cron, out _) && CronText.NamesBothDays(cron);

    internal static bool TryParse<T>(string? name, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(NameOf(candidate), name, StringComparison.Ordinal))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string DayInWords(int day) => day switch
    {
        31 => "the last day",
        29 or 30 => string.Create(CultureInfo.InvariantCulture, $"the {day}th, or the last day,"),
        1 or 21 => string.Create(CultureInfo.InvariantCulture, $"the {day}st"),
        2 or 22 => string.Create(CultureInfo.InvariantCulture, $"the {day}nd"),
        3 or 23 => string.Create(CultureInfo.InvariantCulture, $"the {day}rd"),
        _ => string.Create(CultureInfo.InvariantCulture, $"the {day}th"),
    };
}
