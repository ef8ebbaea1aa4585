using System.Globalization;
using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Schedules.Timing;

/// <summary>Reads and checks when a schedule is due, and says everything that is wrong at once.</summary>
public static class ScheduleTimingReader
{
    private static readonly Dictionary<string, ScheduleFrequency[]> Belonging = new(StringComparer.Ordinal)
    {
        ["minute"] = [ScheduleFrequency.Hourly],
        ["time"] = [ScheduleFrequency.Daily, ScheduleFrequency.Weekly, ScheduleFrequency.Monthly],
        ["weekday"] = [ScheduleFrequency.Weekly],
        ["dayOfMonth"] = [ScheduleFrequency.Monthly],
        ["cron"] = [ScheduleFrequency.Custom],
    };

    /// <summary>The names of the fields it reads.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["frequency", .. Belonging.Keys, "timeZone"];

    /// <summary>Reads the timing of a schedule.</summary>
    /// <param name="body">An object with the fields; others are left alone.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <returns>The timing; null when anything of it is wrong.</returns>
    public static ScheduleTiming? Read(JsonElement body, FieldErrors errors)
    {
        var wrong = false;
        var frequency = ReadFrequency(body, Add);
        var zone = Text(body, "timeZone") switch
        {
            null when !Has(body, "timeZone") => "UTC",
            { } name when ZoneNames.IsZone(name) => name,
            _ => Wrong<string>(Add, "timeZone", "Must be an IANA time zone, such as \"Europe/Athens\" or \"UTC\"."),
        };
        var timing = new ScheduleTiming
        {
            Frequency = frequency ?? ScheduleFrequency.Daily,
            Minute = ReadNumber(body, "minute", 0, 59, "30", Add),
            Time = ReadTime(body, Add),
            Weekday = ReadWeekday(body, Add),
            DayOfMonth = ReadNumber(body, "dayOfMonth", 1, 31, "31, the last day of every month", Add),
            Cron = ReadCron(body, frequency, Add),
            TimeZone = zone ?? "UTC",
        };
        if (frequency is { } known)
            CheckBelonging(body, known, Add);

        return wrong ? null : timing;

        void Add(string field, string message)
        {
            wrong = true;
            errors.Add(field, message);
        }
    }

    private static ScheduleFrequency? ReadFrequency(JsonElement body, Action<string, string> add)
    {
        var known = string.Join(", ", Enum.GetValues<ScheduleFrequency>().Select(TimingNames.Name));
        if (!Has(body, "frequency"))
            return Wrong<ScheduleFrequency?>(add, "frequency", $"Required. Must be one of {known}, such as \"daily\".");

        return TimingNames.TryParse<ScheduleFrequency>(Text(body, "frequency"), out var frequency)
            ? frequency
            : Wrong<ScheduleFrequency?>(add, "frequency", $"Must be one of {known}, such as \"daily\".");
    }

    private static int? ReadNumber(JsonElement body, string field, int min, int max, string example, Action<string, string> add)
    {
        if (!Has(body, field))
            return null;

        return body.GetProperty(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number >= min && number <= max
            ? number
            : Wrong<int?>(add, field, $"Must be a whole number from {min} to {max}, such as {example}.");
    }

    private static TimeOnly? ReadTime(JsonElement body, Action<string, string> add)
    {
        if (!Has(body, "time"))
            return null;

        return TimeOnly.TryParseExact(Text(body, "time"), TimingNames.TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : Wrong<TimeOnly?>(add, "time", "Must be a time of day of 24 hours as HH:mm, such as \"06:30\" or \"18:00\".");
    }

    private static DayOfWeek? ReadWeekday(JsonElement body, Action<string, string> add)
    {
        if (!Has(body, "weekday"))
            return null;

        return TimingNames.TryParse<DayOfWeek>(Text(body, "weekday"), out var day)
            ? day
            : Wrong<DayOfWeek?>(add, "weekday", "Must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday, such as \"monday\".");
    }

    private static string? ReadCron(JsonElement body, ScheduleFrequency? frequency, Action<string, string> add)
    {
        if (!Has(body, "cron"))
        {
            return frequency == ScheduleFrequency.Custom
                ? Wrong<string>(add, "cron", "Required for a custom frequency: 5 fields (minute hour day-of-month month day-of-week), "
                    + "such as \"0 6 * * MON-FRI\", or 6 with seconds first.")
                : null;
        }

        var text = Text(body, "cron");
        return CronProblems.Of(text) is { } problem ? Wrong<string>(add, "cron", problem) : text;
    }

    private static void CheckBelonging(JsonElement body, ScheduleFrequency frequency, Action<string, string> add)
    {
        foreach (var (field, frequencies) in Belonging)
        {
            if (Has(body, field) && !frequencies.Contains(frequency))
                add(field, $"Belongs to the frequency {string.Join(", ", frequencies.Select(TimingNames.Name))}, not to {frequency.Name()}. Leave it out, or change the frequency.");
        }
    }

    private static bool Has(JsonElement body, string field) => body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement body, string field) =>
        body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static T? Wrong<T>(Action<string, string> add, string field, string message)
    {
        add(field, message);
        return default;
    }
}
