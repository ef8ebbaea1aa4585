using System.Text.RegularExpressions;
using Cronos;
using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Timers;

/// <summary>
/// A six-field NCRONTAB schedule in UTC. The seconds come first; if both a day of the month and a day of the week are given, both must
/// match. Cronos' extensions to NCRONTAB (<c>L W # ?</c>, Sunday as 7, macros) are rejected, as Azure rejects them.
/// </summary>
internal sealed partial class TimerSchedule
{
    private readonly CronExpression _expression;

    private TimerSchedule(CronExpression expression) => _expression = expression;

    /// <summary>Reads a function's schedule.</summary>
    /// <param name="function">The function.</param>
    /// <param name="configuration">The settings, one of which may contain the schedule.</param>
    /// <exception cref="StartFailedException">The setting is missing or the schedule is not NCRONTAB.</exception>
    public static TimerSchedule Read(TimerFunction function, IConfiguration configuration)
    {
        var text = SettingNames.Resolve(function.Schedule, configuration, function.Name).Trim();
        if (TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _))
            throw Wrong(function, text, "a time span works in some plans only", null);
        if (!SixFields.IsMatch(text))
            throw Wrong(function, text, "it is not six fields of numbers, names, * , - and /", null);

        CronExpression expression;
        try
        {
            expression = CronExpression.Parse(text, CronFormat.IncludeSeconds);
        }
        catch (CronFormatException exception)
        {
            throw Wrong(function, text, exception.Message.TrimEnd('.'), exception);
        }

        return expression.GetNextOccurrence(DateTime.UnixEpoch) is null
            ? throw Wrong(function, text, "it names a day that never comes, such as 30 February", null)
            : new TimerSchedule(expression);
    }

    /// <summary>The first occurrence after an instant; null when there is none.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) =>
        _expression.GetNextOccurrence(instant.UtcDateTime) is { } next ? new DateTimeOffset(next) : null;

    /// <summary>The last occurrence after one instant and up to another; null when there is none.</summary>
    public DateTimeOffset? LastBetween(DateTimeOffset after, DateTimeOffset upTo)
    {
        // Search backward: the stored occurrence may be years old.
        for (var span = TimeSpan.FromMinutes(1); ; span *= 2)
        {
            var isWhole = upTo - after <= span;
            DateTimeOffset? last = null;
            for (var next = After(isWhole ? after : upTo - span); next <= upTo; next = After(next.Value))
                last = next;

            if (isWhole || last is not null)
                return last;
        }
    }

    private static StartFailedException Wrong(TimerFunction function, string text, string why, Exception? cause) =>
        new($"{Named(function)} has the schedule '{text}', which can't be used: {why}. Write six fields, {{second}} {{minute}} "
            + $"{{hour}} {{day}} {{month}} {{day of week}}, such as '0 */5 * * * *'.", cause);

    /// <summary>The setting with the schedule, which is what people change; the function if the schedule is in its attribute.</summary>
    private static string Named(TimerFunction function) =>
        function.Schedule is ['%', .. var setting, '%']
            ? $"The setting '{setting}' of the function '{function.Name}'"
            : $"The function '{function.Name}'";

    [GeneratedRegex(@"^((\*|\d+|[A-Za-z]{3})([-/](\d+|[A-Za-z]{3}))*(,(\*|\d+|[A-Za-z]{3})([-/](\d+|[A-Za-z]{3}))*)*\s+){5}(?![^\s]*7)(\*|\d+|[A-Za-z]{3})([-/](\d+|[A-Za-z]{3}))*(,(\*|\d+|[A-Za-z]{3})([-/](\d+|[A-Za-z]{3}))*)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SixFields { get; }
}
