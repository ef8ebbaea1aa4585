using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cronos;

namespace ExportFunctions.Schedules.Timing;

/// <summary>The text of a cron expression, of 5 fields, or 6 with seconds first.</summary>
internal static class CronText
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The fields of a text.</summary>
    public static string[] FieldsOf(string text) => text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads an expression; false when it isn't one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? expression)
    {
        expression = null;
        return FieldsOf(text).Length switch
        {
            5 => CronExpression.TryParse(text, CronFormat.Standard, out expression),
            6 => CronExpression.TryParse(text, CronFormat.IncludeSeconds, out expression),
            _ => false,
        };
    }

    /// <summary>True when the hour field is <c>*</c>.</summary>
    public static bool IsEveryHour(string text) => FieldsOf(text)[^4] is "*";

    /// <summary>True when it is due at most once a minute: without seconds, or at one of them.</summary>
    public static bool IsAtMostEveryMinute(string text)
    {
        var fields = FieldsOf(text);
        return fields.Length == 5 || int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }
}
