using CsCheck;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Tests.Schedules.Timing;

/// <summary>Zones and years of changed clocks, against a reference that walks minute by minute.</summary>
public sealed class OccurrencePropertyTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Athens", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Moscow", "Europe/Istanbul", "America/New_York",
        "America/St_Johns",
        "America/Santiago",
        "America/Havana",
        "America/Sao_Paulo",
        "America/Asuncion",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Asia/Beirut", "Asia/Tehran", "Asia/Kathmandu", "Asia/Gaza", "Asia/Pyongyang", "Australia/Lord_Howe", "Australia/Adelaide",
        "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "Antarctica/Troll",
    ];

    private static readonly DateTimeOffset First = new(2011, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> AllZones => [.. Zones];

    [Exhaustive]
    [Theory]
    [MemberData(nameof(AllZones))]
    public void After_IsDueOnceForEachDay_AroundEveryChangeOfTheClock(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        foreach (var change in DaysOfChange(zone))
        {
            TimeOnly[] times = [new(0, 0), new(0, 30), new(1, 45), new(2, 15), new(3, 0), new(23, 30)];
            foreach (var time in times)
            {
                var from = change.AddDays(-2);
                var until = change.AddDays(3);
                var expected = ReferenceOf(zone, time, from, until);

                var occurrences = Occurrences.For(new ScheduleTiming { Frequency = ScheduleFrequency.Daily, Time = time, TimeZone = name });
                var actual = occurrences.After(from, startsAt: null, until).Select(occurrence => occurrence.At).ToList();

                Assert.True(
                    expected.SequenceEqual(actual),
                    $"{time} around {change:O}: expected {string.Join(", ", expected)}, was {string.Join(", ", actual)}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllZones))]
    public void After_LetsNoHourPassAndNoneTwice_WhenHourly(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        foreach (var change in DaysOfChange(zone))
        {
            var occurrences = Occurrences.For(new ScheduleTiming { Frequency = ScheduleFrequency.Hourly, TimeZone = name });

            var actual = occurrences.After(change.AddDays(-1), startsAt: null, change.AddDays(2)).ToList();

            Assert.All(actual.Zip(actual.Skip(1)), pair => Assert.InRange((pair.Second.At - pair.First.At).TotalMinutes, 30, 90));
            Assert.InRange(actual.Count, 71, 73);
        }
    }

    [Fact]
    public void After_GoesForwardAndShowsTheWallClock_ForAnyTiming()
    {
        Timings().Select(Gen.Long[First.UtcTicks, Last.UtcTicks]).Sample(
            (timing, ticks) =>
            {
                var zone = TimeZoneInfo.FindSystemTimeZoneById(timing.TimeZone);
                var after = new DateTimeOffset(ticks, TimeSpan.Zero);
                foreach (var occurrence in Occurrences.For(timing).After(after, startsAt: null, endsAt: null).Take(30))
                {
                    Assert.True(occurrence.At > after, $"{timing}: {occurrence} is not later than {after:O}.");
                    Assert.Equal(zone.GetUtcOffset(occurrence.At), occurrence.Offset);
                    Assert.Equal(occurrence.At.UtcDateTime + occurrence.Offset, occurrence.Local);
                    if (occurrence.ClockChange != ClockChange.Gap)
                        Assert.True(IsAskedFor(timing, occurrence.Local), $"{timing}: {occurrence} was not asked for.");
                    after = occurrence.At;
                }
            },
            iter: 1_000);
    }

    [Fact]
    public void Next_IsTheSame_FromAnyInstantBefore()
    {
        Timings().Select(Gen.Long[First.UtcTicks, Last.UtcTicks], Gen.Double[0, 1]).Sample(
            (timing, ticks, share) =>
            {
                var occurrences = Occurrences.For(timing);
                var after = new DateTimeOffset(ticks, TimeSpan.Zero);
                var next = occurrences.Next(after)!;

                var between = after + ((next.At - after) * share);

                Assert.Equal(between < next.At ? next.At : occurrences.Next(next.At)!.At, occurrences.Next(between)!.At);
            },
            iter: 1_000);
    }

    private static Gen<ScheduleTiming> Timings() =>
        from zone in Gen.Int[0, Zones.Length - 1].Select(index => Zones[index])
        from minuteOfDay in Gen.Int[0, 1439]
        from day in Gen.Int[1, 31]
        from kind in Gen.Int[0, 6]
        let time = TimeOnly.MinValue.AddMinutes(minuteOfDay)
        select kind switch
        {
            0 => new ScheduleTiming { Frequency = ScheduleFrequency.Hourly, Minute = time.Minute, TimeZone = zone },
            1 => new ScheduleTiming { Frequency = ScheduleFrequency.Daily, Time = time, TimeZone = zone },
            2 => new ScheduleTiming { Frequency = ScheduleFrequency.Weekly, Weekday = (DayOfWeek)(day % 7), Time = time, TimeZone = zone },
            3 => new ScheduleTiming { Frequency = ScheduleFrequency.Monthly, DayOfMonth = day, Time = time, TimeZone = zone },
            4 => new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = $"{time.Minute} {time.Hour} * * *", TimeZone = zone },
            5 => new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = "*/15 * * * *", TimeZone = zone },
            _ => new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = $"{time.Minute} */6 * * {day % 7}", TimeZone = zone },
        };

    private static bool IsAskedFor(ScheduleTiming timing, DateTime local) => timing switch
    {
        { Frequency: ScheduleFrequency.Hourly } => local.Minute == timing.Minute,
        { Frequency: ScheduleFrequency.Daily } => local.TimeOfDay == timing.Time!.Value.ToTimeSpan(),
        { Frequency: ScheduleFrequency.Weekly } => local.DayOfWeek == timing.Weekday && local.TimeOfDay == timing.Time!.Value.ToTimeSpan(),
        { Frequency: ScheduleFrequency.Monthly } =>
            local.Day == Math.Min(
                timing.DayOfMonth!.Value,
                DateTime.DaysInMonth(local.Year, local.Month)) && local.TimeOfDay == timing.Time!.Value.ToTimeSpan(),
        { Cron: "*/15 * * * *" } => local.Minute % 15 == 0,
        _ => local.Minute == int.Parse(timing.Cron!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture),
    };

    private static IEnumerable<DateTimeOffset> DaysOfChange(TimeZoneInfo zone)
    {
        for (var day = First; day < Last; day = day.AddDays(1))
        {
            if (zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1)))
                yield return day;
        }
    }

    /// <summary>For each day the first minute that shows the time, or the first that shows a later one where the clock skips it.</summary>
    private static List<DateTimeOffset> ReferenceOf(TimeZoneInfo zone, TimeOnly time, DateTimeOffset from, DateTimeOffset until)
    {
        var due = new SortedSet<DateTimeOffset>();
        for (var day = from.UtcDateTime.Date.AddDays(-2); day <= until.UtcDateTime.Date.AddDays(2); day = day.AddDays(1))
        {
            var wall = day + time.ToTimeSpan();
            for (var minute = new DateTimeOffset(wall, TimeSpan.Zero).AddHours(-15); ; minute = minute.AddMinutes(1))
            {
                if (minute.UtcDateTime + zone.GetUtcOffset(minute) < wall)
                    continue;

                if (minute > from && minute <= until)
                    due.Add(minute);
                break;
            }
        }

        return [.. due];
    }
}
