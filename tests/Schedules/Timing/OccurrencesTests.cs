using System.Globalization;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Tests.Schedules.Timing;

public sealed class OccurrencesTests
{
    [Theory]
    [InlineData("daily", "03:30", "Europe/Athens", "2027-03-27T12:00Z", "2027-03-28T01:00Z gap")]
    [InlineData("daily", "03:30", "Europe/Athens", "2027-10-30T12:00Z", "2027-10-31T00:30Z overlap")]
    [InlineData("daily", "02:30", "America/New_York", "2027-03-13T12:00Z", "2027-03-14T07:00Z gap")]
    [InlineData("daily", "01:30", "America/New_York", "2027-11-06T12:00Z", "2027-11-07T05:30Z overlap")]
    [InlineData("daily", "02:15", "Australia/Lord_Howe", "2026-10-03T00:00Z", "2026-10-03T15:30Z gap")]
    [InlineData("daily", "01:45", "Australia/Lord_Howe", "2027-04-03T00:00Z", "2027-04-03T14:45Z overlap")]
    [InlineData("daily", "06:00", "Pacific/Apia", "2011-12-29T17:00Z", "2011-12-30T10:00Z gap")]
    [InlineData("daily", "02:30", "Africa/Casablanca", "2027-03-13T12:00Z", "2027-03-14T02:00Z gap")]
    [InlineData("daily", "00:00", "Asia/Beirut", "2027-03-27T12:00Z", "2027-03-27T22:00Z gap")]
    [InlineData("monthly", "00:00", "UTC", "2027-01-31T00:00Z", "2027-02-01T00:00Z none")]
    [InlineData("weekly", "00:00", "UTC", "2026-11-23T00:00Z", "2026-11-30T00:00Z none")]
    public void Next_FollowsTheWallClock_WhenTheClockIsChanged(string frequency, string time, string zone, string after, string expected)
    {
        var timing = new ScheduleTiming
        {
            Frequency = Enum.Parse<ScheduleFrequency>(frequency, ignoreCase: true),
            Time = TimeOnly.Parse(time, CultureInfo.InvariantCulture),
            TimeZone = zone,
        };

        var next = Occurrences.For(timing).Next(Instant(after));

        Assert.Equal(expected, Text(next));
    }

    [Theory]
    [InlineData(0, "Europe/Athens", "2027-03-28T00:00Z", "2027-03-28T01:00Z 2027-03-28T02:00Z 2027-03-28T03:00Z")]
    [InlineData(15, "Europe/Athens", "2027-03-28T00:15Z", "2027-03-28T01:15Z 2027-03-28T02:15Z 2027-03-28T03:15Z")]
    [InlineData(15, "Europe/Athens", "2027-10-31T00:15Z", "2027-10-31T01:15Z 2027-10-31T02:15Z 2027-10-31T03:15Z")]
    [InlineData(15, "Australia/Lord_Howe", "2026-10-03T14:45Z", "2026-10-03T15:30Z 2026-10-03T16:15Z 2026-10-03T17:15Z")]
    [InlineData(45, "Australia/Lord_Howe", "2027-04-03T14:45Z", "2027-04-03T16:15Z 2027-04-03T17:15Z 2027-04-03T18:15Z")]
    [InlineData(0, "Pacific/Apia", "2011-12-30T08:00Z", "2011-12-30T09:00Z 2011-12-30T10:00Z 2011-12-30T11:00Z")]
    public void After_GoesByTheHoursThatPass_WhenHourly(int minute, string zone, string after, string expected)
    {
        var occurrences = Occurrences.For(new ScheduleTiming { Frequency = ScheduleFrequency.Hourly, Minute = minute, TimeZone = zone });

        var next = occurrences.After(Instant(after), startsAt: null, endsAt: null).Take(3);

        Assert.Equal(expected, string.Join(' ', next.Select(occurrence => Text(occurrence.At))));
    }

    [Theory]
    [InlineData("*/15 * * * *", "2027-03-28T00:45Z", "2027-03-28T01:00Z 2027-03-28T01:15Z 2027-03-28T01:30Z")]
    [InlineData("*/15 * * * *", "2027-10-31T00:45Z", "2027-10-31T01:00Z 2027-10-31T01:15Z 2027-10-31T01:30Z")]
    [InlineData("0 */1 * * *", "2027-10-30T23:30Z", "2027-10-31T00:00Z 2027-10-31T01:00Z 2027-10-31T02:00Z")]
    [InlineData("0 0-23 * * *", "2027-10-30T23:30Z", "2027-10-31T00:00Z 2027-10-31T01:00Z 2027-10-31T02:00Z")]
    [InlineData("*/30 0-23 * * *", "2027-10-31T00:00Z", "2027-10-31T00:30Z 2027-10-31T01:00Z 2027-10-31T01:30Z 2027-10-31T02:00Z")]
    [InlineData("0 12-23,0-11 * * *", "2027-03-28T00:30Z", "2027-03-28T01:00Z 2027-03-28T02:00Z")]
    [InlineData("0 0 * * 7-3/2", "2027-07-31T12:00Z", "2027-07-31T21:00Z 2027-08-02T21:00Z 2027-08-07T21:00Z")]
    [InlineData("0 0 13 * FRI", "2027-08-01T00:00Z", "2027-08-12T21:00Z 2028-10-12T21:00Z")]
    [InlineData("*/20 3 * * *", "2027-03-27T12:00Z", "2027-03-28T01:00Z 2027-03-29T00:00Z 2027-03-29T00:20Z")]
    [InlineData("*/20 3 * * *", "2027-10-30T12:00Z", "2027-10-31T00:00Z 2027-10-31T00:20Z 2027-10-31T00:40Z 2027-11-01T01:00Z")]
    [InlineData("30 0 6 * * MON-FRI", "2026-11-27T12:00Z", "2026-11-30T04:00:30Z 2026-12-01T04:00:30Z")]
    [InlineData("0 0 L * *", "2027-02-01T00:00Z", "2027-02-27T22:00Z 2027-03-30T21:00Z")]
    public void After_FollowsTheExpression_WhenCustom(string cron, string after, string expected)
    {
        var occurrences =
            Occurrences.For(new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = cron, TimeZone = "Europe/Athens" });

        var next = occurrences.After(Instant(after), startsAt: null, endsAt: null).Take(expected.Split(' ').Length);

        Assert.Equal(expected, string.Join(' ', next.Select(occurrence => Text(occurrence.At))));
    }

    [Fact]
    public void After_GivesOnlyWhatLiesBetween_WhenThereAreLimits()
    {
        var occurrences = Occurrences.For(new ScheduleTiming { Frequency = ScheduleFrequency.Daily });

        var next = occurrences.After(Instant("2027-01-01T00:00Z"), Instant("2027-02-01T00:00Z"), Instant("2027-02-03T00:00Z"));

        Assert.Equal(
            "2027-02-01T00:00Z 2027-02-02T00:00Z 2027-02-03T00:00Z", string.Join(' ', next.Select(occurrence => Text(occurrence.At))));
    }

    [Fact]
    public void Next_IsTheLastDay_WhenTheMonthIsShorter()
    {
        var occurrences =
            Occurrences.For(new ScheduleTiming { Frequency = ScheduleFrequency.Monthly, DayOfMonth = 31, Time = new TimeOnly(23, 59) });

        var next = occurrences.After(Instant("2028-01-01T00:00Z"), startsAt: null, endsAt: null).Take(4);

        Assert.Equal(
            "2028-01-31T23:59Z 2028-02-29T23:59Z 2028-03-31T23:59Z 2028-04-30T23:59Z",
            string.Join(' ', next.Select(occurrence => Text(occurrence.At))));
    }

    [Fact]
    public void Next_IsNull_WhenTheExpressionNeverComesAgain()
    {
        var occurrences = Occurrences.For(new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = "0 0 30 2 *" });

        Assert.Null(occurrences.Next(Instant("2027-01-01T00:00Z")));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(Occurrence? occurrence) =>
        occurrence is null ? "never" : $"{Text(occurrence.At)} {occurrence.ClockChange.ToString().ToLowerInvariant()}";

    private static string Text(DateTimeOffset instant) =>
        instant.ToString(instant.Second == 0 ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd'T'HH:mm':'ss'Z'", CultureInfo.InvariantCulture);
}
