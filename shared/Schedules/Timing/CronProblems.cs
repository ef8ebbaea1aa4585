using Cronos;
using ExportFunctions.Problems;

namespace ExportFunctions.Schedules.Timing;

/// <summary>Describes what is wrong with a cron expression: the field, and what it accepts.</summary>
internal static class CronProblems
{
    /// <summary>Describes a valid expression.</summary>
    public const string Expected = $"Must be a cron expression of {Form}.";

    private const string Form =
        "5 fields (minute hour day-of-month month day-of-week), or 6 with seconds first, such as \"0 6 * * MON-FRI\"";

    private static readonly (string Name, string Takes)[] Fields =
    [
        ("second", "0 to 59, such as \"0\""),
        ("minute", "0 to 59, such as \"30\", \"0,30\" or \"*/15\""),
        ("hour", "0 to 23, such as \"6\", \"8-18\" or \"*/2\""),
        ("day-of-month", "1 to 31, or L for the last, such as \"1\" or \"1,15\""),
        ("month", "1 to 12 or JAN to DEC, such as \"1-6\" or \"JAN-JUN\""),
        ("day-of-week", "0 to 7 or SUN to SAT, where 0 and 7 are Sunday, such as \"1-5\" or \"MON-FRI\""),
    ];

    /// <summary>Describes the error; null when the expression is valid and due at most once a minute.</summary>
    /// <param name="text">The expression, which may be anything; null when there is none.</param>
    public static string? Of(string? text)
    {
        if (text is null)
            return Expected;

        var fields = CronText.FieldsOf(text);
        if (fields is [['@', ..], ..])
            return $"\"{NearestName.Shown(text.Trim())}\" is not taken: use the frequency hourly, daily, "
                + $"weekly or monthly for it, or write {Form}.";
        if (fields.Length is not (5 or 6))
            return $"Has {fields.Length} {(fields.Length == 1 ? "field" : "fields")}. {Expected}";

        for (var field = 0; field < fields.Length; field++)
        {
            var (name, takes) = Fields[field + Fields.Length - fields.Length];
            if (!IsRight(fields[field], field, fields.Length))
                return $"The {name} field \"{fields[field]}\" is wrong. It takes {takes}.";
        }

        if (!CronText.TryParse(text, out var cron))
            return Expected;
        if (!CronText.IsAtMostEveryMinute(text))
            return "Is due more than once a minute by its second field. Schedules are looked at once a minute: give one second, such "
                + "as \"0 */5 * * * *\", or leave the seconds out.";

        return cron.GetNextOccurrence(DateTime.UnixEpoch, TimeZoneInfo.Utc) is null
            ? $"The day-of-month field \"{fields[^3]}\" and the month field \"{fields[^2]}\" name a day that never comes, such as 30 "
                + "February. A day that comes: \"0 6 28 2 *\"."
            : null;
    }

    private static bool IsRight(string field, int place, int count)
    {
        var fields = Enumerable.Repeat("*", count).ToArray();
        fields[place] = field;
        return CronExpression.TryParse(string.Join(' ', fields), count == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard, out _);
    }
}
