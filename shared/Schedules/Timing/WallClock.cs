using Cronos;

namespace ExportFunctions.Schedules.Timing;

/// <summary>The wall-clock times of a timing, ignoring all clock changes.</summary>
internal sealed class WallClock
{
    private readonly ScheduleTiming _timing;
    private readonly CronExpression? _cron;

    public WallClock(ScheduleTiming timing)
    {
        _timing = timing;
        if (timing.Frequency != ScheduleFrequency.Custom)
            return;

        _cron = timing.Cron is { } text && CronText.TryParse(text, out var cron)
            ? cron
            : throw new ArgumentException("The cron expression can't be read.", nameof(timing));
    }

    /// <summary>True when it names no hours, and so is due in every elapsed hour, whatever the clock shows.</summary>
    public bool IsEveryHour => _timing.Frequency == ScheduleFrequency.Hourly || (_cron is not null && CronText.IsEveryHour(_timing.Cron!));

    /// <summary>The first time later than another; null when there is none.</summary>
    public DateTime? Next(DateTime after) => _timing.Frequency switch
    {
        ScheduleFrequency.Hourly =>
            Step(after, after.Date.AddHours(after.Hour).AddMinutes(_timing.Minute ?? 0), static time => time.AddHours(1)),
        ScheduleFrequency.Daily => Step(after, after.Date + TimeOfDay, static time => time.AddDays(1)),
        ScheduleFrequency.Weekly => Step(after, WeekdayOf(after.Date) + TimeOfDay, static time => time.AddDays(7)),
        ScheduleFrequency.Monthly => NextMonthly(after),
        _ => NextCron(after),
    };

    private TimeSpan TimeOfDay => (_timing.Time ?? TimeOnly.MinValue).ToTimeSpan();

    private static DateTime Step(DateTime after, DateTime first, Func<DateTime, DateTime> next) => first > after ? first : next(first);

    private DateTime WeekdayOf(DateTime date) => date.AddDays((int)(_timing.Weekday ?? DayOfWeek.Monday) - (int)date.DayOfWeek);

    private DateTime NextMonthly(DateTime after)
    {
        var month = new DateTime(after.Year, after.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return Step(after, DayOf(month), _ => DayOf(month.AddMonths(1)));
    }

    private DateTime DayOf(DateTime month) =>
        month.AddDays(Math.Min(_timing.DayOfMonth ?? 1, DateTime.DaysInMonth(month.Year, month.Month)) - 1) + TimeOfDay;

    private DateTime? NextCron(DateTime after) =>
        _cron!.GetNextOccurrence(DateTime.SpecifyKind(after, DateTimeKind.Utc), TimeZoneInfo.Utc) is { } next
            ? DateTime.SpecifyKind(next, DateTimeKind.Unspecified)
            : null;
}
