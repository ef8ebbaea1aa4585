using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cronos;

namespace ExportFunctions.Schedules.Timing;

/// <summary>The text of a cron expression with 5 fields, or 6 with seconds first.</summary>
internal static class CronText
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The fields of a text.</summary>
    public static string[] FieldsOf(string text) => text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Parses an expression; false when it is invalid.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? expression)
    {
        expression = null;
        var fields = FieldsOf(text);
        if (fields.Length is not (5 or 6))
            return false;

        // Parsed as given first: expanding it must not make an expression valid that the parser rejects.
        var format = fields.Length == 5 ? CronFormat.Standard : CronFormat.IncludeSeconds;
        if (!CronExpression.TryParse(text, format, out _))
            return false;

        fields[^1] = CronWeekdays.Listed(fields[^1]);
        return CronExpression.TryParse(string.Join(' ', fields), format, out expression);
    }

    /// <summary>
    /// True when the hour field covers every hour, however it is written: <c>*</c>, <c>*/1</c>, <c>0-23</c>, <c>0-11,12-23</c>.
    /// </summary>
    public static bool IsEveryHour(string text) => DueOn($"0 {FieldsOf(text)[^4]} * * *", TimeSpan.FromDays(1)) == 24;

    /// <summary>True when both the day of the month and the day of the week are restricted: due only on days that match both.</summary>
    public static bool NamesBothDays(string text)
    {
        var fields = FieldsOf(text);
        return DueOn($"0 0 {fields[^3]} * *", TimeSpan.FromDays(31)) < 31
            && DueOn($"0 0 * * {CronWeekdays.Listed(fields[^1])}", TimeSpan.FromDays(7)) < 7;
    }

    /// <summary>True when it is due at most once a minute: without seconds, or at a single one.</summary>
    public static bool IsAtMostEveryMinute(string text)
    {
        var fields = FieldsOf(text);
        return fields.Length == 5 || int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>How often an expression is due in a span that starts in 1970, whose January has 31 days.</summary>
    private static int DueOn(string text, TimeSpan span) =>
        CronExpression.Parse(text).GetOccurrences(
            DateTime.UnixEpoch, DateTime.UnixEpoch + span, TimeZoneInfo.Utc, fromInclusive: true, toInclusive: false).Count();
}
