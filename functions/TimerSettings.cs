using System.Reflection;
using Cronos;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Functions;

/// <summary>
/// The settings that hold the schedules of timers. The Functions host takes one that never comes, such as 30 February, without a word, and
/// what hangs on it never happens.
/// </summary>
internal static class TimerSettings
{
    /// <summary>What is wrong with a timer's setting, in a line; null when all may be used.</summary>
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

    /// <summary>The settings that the timers of this app name.</summary>
    public static IEnumerable<string> Names() => typeof(TimerSettings).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule)
        .OfType<string>()
        .Where(schedule => schedule is ['%', .., '%'])
        .Select(schedule => schedule.Trim('%'))
        .Distinct(StringComparer.Ordinal);
}
