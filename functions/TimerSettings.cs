using System.Reflection;
using Cronos;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Functions;

/// <summary>
/// The settings that hold the timers' schedules. The Functions host silently accepts one that never occurs, such as 30 February, and the
/// timer's work is never done.
/// </summary>
internal static class TimerSettings
{
    /// <summary>Describes what is wrong with a timer's setting, in one line; null when all are valid.</summary>
    /// <param name="configuration">The settings.</param>
    public static string? ProblemIn(IConfiguration configuration)
    {
        foreach (var setting in Names())
        {
            var text = configuration[setting]?.Trim() ?? "";
            if (CronExpression.TryParse(text, CronFormat.IncludeSeconds, out var cron)
                && cron.GetNextOccurrence(DateTime.UnixEpoch) is null)
            {
                return $"The setting '{setting}' has the schedule '{text}', which can't be used: it names a day that never comes, such "
                    + "as 30 February. "
                    + "Write six fields, {second} {minute} {hour} {day} {month} {day of week}, such as '0 0 2 * * *'.";
            }
        }

        return null;
    }

    /// <summary>The settings referenced by this app's timers.</summary>
    public static IEnumerable<string> Names() => typeof(TimerSettings).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule)
        .OfType<string>()
        .Where(schedule => schedule is ['%', .., '%'])
        .Select(schedule => schedule.Trim('%'))
        .Distinct(StringComparer.Ordinal);
}
