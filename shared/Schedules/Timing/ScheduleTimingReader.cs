using System.Globalization;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Schedules.Timing;

/// <summary>Reads and validates when a schedule is due, and reports all errors at once.</summary>
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

    private static readonly string[] Frequencies = [.. Enum.GetValues<ScheduleFrequency>().Select(TimingNames.Name)];

    /// <summary>The names of the fields it reads.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["frequency", .. Belonging.Keys, "timeZone"];

    /// <summary>Reads the timing of a schedule.</summary>
    /// <param name="fields">The schedule; its other fields are ignored.</param>
    /// <param name="casing">How the frequency may be written.</param>
    /// <returns>The timing; null when any part is invalid.</returns>
    public static ScheduleTiming? Read(JsonFields fields, FrequencyCasing casing = FrequencyCasing.Lower)
    {
        var frequency = ReadFrequency(fields, casing);
        var timing = new ScheduleTiming
        {
            Frequency = frequency ?? ScheduleFrequency.Daily,
            Minute = fields.WholeNumber("minute", 0, 59, "30"),
            Time = ReadTime(fields),
            Weekday = fields.OneOf<DayOfWeek>("weekday", TimingNames.Name),
            DayOfMonth = fields.WholeNumber("dayOfMonth", 1, 31, "31, the last day of every month"),
            Cron = ReadCron(fields, frequency),
            TimeZone = ReadZone(fields),
        };
        if (frequency is { } known)
            CheckBelonging(fields, known);

        return fields.AreRight(Fields) ? timing : null;
    }

    private static ScheduleFrequency? ReadFrequency(JsonFields fields, FrequencyCasing casing)
    {
        if (fields.Required("frequency", FieldMessages.OneOf(Frequencies, "daily")) is null
            || fields.OneOf("frequency", Frequencies, NameOf) is not { } name)
            return null;

        return TimingNames.TryParse<ScheduleFrequency>(name, out var frequency) ? frequency : null;

        string NameOf(string text) => casing == FrequencyCasing.LowerOrUpper ? LowerCase(text) : text;
    }

    /// <summary>Only names entirely in upper case: <c>Daily</c> is valid in neither system.</summary>
    private static string LowerCase(string name) => name.Any(char.IsAsciiLetterLower) ? name : name.ToLowerInvariant();

    private static string ReadZone(JsonFields fields)
    {
        if (fields.Given("timeZone") is not { } value)
            return "UTC";
        if (JsonFields.TextOf(value) is { } name && ZoneNames.IsZone(name))
            return name;

        fields.Fail("timeZone", "Must be an IANA time zone, such as \"Europe/Athens\" or \"UTC\".");
        return "UTC";
    }

    private static TimeOnly? ReadTime(JsonFields fields)
    {
        if (fields.Given("time") is not { } value)
            return null;
        var text = JsonFields.TextOf(value);
        if (TimeOnly.TryParseExact(text, TimingNames.TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;

        fields.Fail("time", "Must be a time of day of 24 hours as HH:mm, such as \"06:30\" or \"18:00\".");
        return null;
    }

    private static string? ReadCron(JsonFields fields, ScheduleFrequency? frequency)
    {
        if (fields.Given("cron") is not { } value)
        {
            if (frequency == ScheduleFrequency.Custom)
                fields.Fail("cron", FieldMessages.Required(CronProblems.Expected));
            return null;
        }

        var text = JsonFields.TextOf(value);
        if (CronProblems.Of(text) is not { } problem)
            return text;

        fields.Fail("cron", problem);
        return null;
    }

    private static void CheckBelonging(JsonFields fields, ScheduleFrequency frequency)
    {
        foreach (var (field, frequencies) in Belonging)
        {
            if (fields.Given(field) is null || frequencies.Contains(frequency))
                continue;

            var names = string.Join(", ", frequencies.Select(TimingNames.Name));
            fields.Fail(field, $"Belongs to the frequency {names}, not to {frequency.Name()}. Leave it out, or change the frequency.");
        }
    }
}

/// <summary>How the name of a frequency may be written.</summary>
public enum FrequencyCasing
{
    /// <summary>In lower case.</summary>
    Lower,

    /// <summary>In lower case, or entirely in upper case, as the earlier system's clients write it.</summary>
    LowerOrUpper,
}
