using System.Globalization;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Tests.Schedules;

/// <summary>Athens is at +03:00 in summer and at +02:00 in winter: what is stored here was found by other rules.</summary>
public sealed class ScheduleReviewTests
{
    private const string Older = "older rules";

    [Theory]
    // An hour too early, an hour too late; the wall clock decides.
    [InlineData("2027-01-10T00:30Z", "2027-01-10T03:30", "2027-01-10T01:30Z")]
    [InlineData("2027-01-10T02:30Z", "2027-01-10T03:30", "2027-01-10T01:30Z")]
    [InlineData("2027-01-10T01:30Z", "2027-01-10T03:30", "2027-01-10T01:30Z")]
    // Of an earlier version, which kept no wall clock.
    [InlineData("2027-01-10T00:30Z", null, "2027-01-10T01:30Z")]
    [InlineData("2027-01-10T02:30Z", null, "2027-01-10T01:30Z")]
    // A wall clock that was skipped by the rules before, and that is skipped by those of now.
    [InlineData("2027-03-28T01:00Z", "2027-03-28T03:30", "2027-03-28T01:00Z")]
    public void Revise_FindsTheSameTimeOfDayAgain_WhenTheZonesRulesChange(string nextDue, string? wall, string expected)
    {
        var due = Instant(nextDue);
        var schedule = Daily() with { NextDue = due, NextDueWall = Wall(wall), ZoneRules = Older, LastDue = Instant("2027-01-09T01:30Z") };
        if (due.Month == 3)
            schedule = schedule with { LastDue = Instant("2027-03-27T01:30Z") };

        var revised = ScheduleReview.Revise(schedule, due.AddHours(-6));

        Assert.Equal((Instant(expected), ZoneRules.Of("Europe/Athens")), (revised!.NextDue, revised.ZoneRules));
        Assert.Equal(new TimeSpan(3, 30, 0), revised.NextDueWall!.Value.TimeOfDay);
        Assert.Null(ScheduleReview.Revise(revised, due.AddHours(-6)));
    }

    [Fact]
    public void Revise_LeavesAScheduleOfAnEarlierVersionAlone_WhenItIsDueAsItShouldBe()
    {
        var schedule = Daily() with { LastDue = Instant("2027-01-09T01:30Z"), NextDue = Instant("2027-01-10T01:30Z") };

        Assert.Null(ScheduleReview.Revise(schedule, Instant("2027-01-09T12:00Z")));
        Assert.NotNull(ScheduleReview.Revise(schedule with { NextDue = Instant("2027-01-10T00:30Z") }, Instant("2027-01-09T12:00Z")));
    }

    [Fact]
    public void Revise_GivesNoDayTwo_WhenItHadItsRunByTheRulesBefore()
    {
        var (run, now) = (Instant("2027-01-10T00:30Z"), Instant("2027-01-10T00:40Z"));
        var schedule = Daily() with { LastDue = run, NextDue = run.AddDays(1), NextDueWall = Wall("2027-01-11T03:30"), ZoneRules = Older };

        var revised = ScheduleReview.Revise(schedule, now);

        Assert.Equal(Instant("2027-01-11T01:30Z"), revised!.NextDue);
        Assert.Null(ScheduleReview.Revise(revised, now));
        Assert.Null(ScheduleReview.Revise(revised, now.AddMinutes(30)));
    }

    [Fact]
    public void Revise_KeepsWhatWasMissed_WhenTheZonesRulesChange()
    {
        var schedule = Daily() with
        {
            LastDue = Instant("2027-01-08T01:30Z"),
            NextDue = Instant("2027-01-09T00:30Z"),
            NextDueWall = Wall("2027-01-09T03:30"),
            ZoneRules = Older,
        };

        var revised = ScheduleReview.Revise(schedule, Instant("2027-01-12T10:00Z"));

        Assert.Equal(Instant("2027-01-09T01:30Z"), revised!.NextDue);
    }

    [Theory]
    [InlineData("hourly", "2027-01-10T01:00Z", "2027-01-10T01:00Z")]
    [InlineData("*/5 * * * *", "2027-01-10T01:05Z", "2027-01-10T01:05Z")]
    [InlineData("15 0-23 * * *", "2027-01-10T01:45Z", "2027-01-10T02:15Z")]
    public void Revise_NeverGoesBack_WhenTheHoursThatPassCount(string timing, string nextDue, string expected)
    {
        var schedule = Daily() with
        {
            Timing = timing is "hourly"
                ? new ScheduleTiming { Frequency = ScheduleFrequency.Hourly, TimeZone = "Europe/Athens" }
                : new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = timing, TimeZone = "Europe/Athens" },
            NextDue = Instant(nextDue),
            ZoneRules = Older,
        };

        var revised = ScheduleReview.Revise(schedule, Instant(nextDue).AddMinutes(-1));

        Assert.Equal(Instant(expected), revised!.NextDue);
    }

    [Fact]
    public void Revise_Suspends_WhenTheZoneIsGone()
    {
        var now = Instant("2027-01-10T00:00Z");
        var schedule = Daily() with { Timing = Daily().Timing with { TimeZone = "Mars/Olympus" }, NextDue = now.AddDays(1) };

        var revised = ScheduleReview.Revise(schedule, now);

        Assert.Equal((ScheduleState.Suspended, null, now), (revised!.State, revised.NextDue, revised.UntoldSuspension));
        Assert.Contains("Mars/Olympus is not known", revised.SuspendedBecause, StringComparison.Ordinal);
        Assert.Null(ScheduleReview.Revise(revised, now));
    }

    [Theory]
    // By a clock a year ahead: run, made or changed, and nothing but the next instant.
    [InlineData("2028-01-09T01:30Z", "2028-01-10T01:30Z", "2027-01-01T00:00Z")]
    [InlineData(null, "2028-01-10T01:30Z", "2028-01-09T08:00Z")]
    [InlineData("2027-01-09T01:30Z", "2028-01-10T01:30Z", "2027-01-01T00:00Z")]
    [InlineData("2028-01-09T01:30Z", null, "2027-01-01T00:00Z")]
    [InlineData("2027-01-10T03:30Z", "2027-01-11T01:30Z", "2027-01-01T00:00Z")]
    public void Revise_IsDueAgain_WhenAClockThatRanAheadWroteIt(string? lastDue, string? nextDue, string updatedAt)
    {
        var now = Instant("2027-01-10T00:00Z");
        var schedule = Known(Daily() with { LastDue = Found(lastDue), NextDue = Found(nextDue), UpdatedAt = Instant(updatedAt) });

        var revised = ScheduleReview.Revise(schedule, now);

        Assert.Equal(Instant("2027-01-10T01:30Z"), revised!.NextDue);
        Assert.False(revised.LastDue > now);
        Assert.Null(ScheduleReview.Revise(revised, now));
    }

    [Theory]
    [InlineData("2027-01-09T01:30Z", "2027-01-10T01:30Z", "2027-01-10T00:00Z")]
    // Missed, and a clock that is a little behind the one that ran it.
    [InlineData("2027-01-07T01:30Z", "2027-01-08T01:30Z", "2027-01-10T00:00Z")]
    [InlineData("2027-01-10T01:30Z", "2027-01-11T01:30Z", "2027-01-10T01:00Z")]
    public void Revise_ChangesNothing_WhenAllIsAsItShouldBe(string lastDue, string nextDue, string now) =>
        Assert.Null(ScheduleReview.Revise(Known(Daily() with { LastDue = Instant(lastDue), NextDue = Instant(nextDue) }), Instant(now)));

    [Fact]
    public void ZoneRules_DifferWhereTheZonesDo_AndAreNoneOfAStranger()
    {
        Assert.Equal(ZoneRules.Of("Europe/Athens"), ZoneRules.Of("Europe/Athens"));
        Assert.NotEqual(ZoneRules.Of("Europe/Athens"), ZoneRules.Of("Asia/Beirut"));
        Assert.NotEqual(ZoneRules.Of("UTC"), ZoneRules.Of("Europe/London"));
        Assert.Null(ZoneRules.Of("Mars/Olympus"));
    }

    private static Schedule Known(Schedule schedule) => schedule with { ZoneRules = ZoneRules.Of("Europe/Athens") };

    private static Schedule Daily() => new()
    {
        Id = Guid.CreateVersion7(Instant("2027-01-01T00:00Z")),
        Name = "Numbers",
        State = ScheduleState.Active,
        Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Daily, Time = new TimeOnly(3, 30), TimeZone = "Europe/Athens" },
        Dataset = "numbers",
        Format = "lines",
        RequestJson = "{}",
        CreatedAt = Instant("2027-01-01T00:00Z"),
        UpdatedAt = Instant("2027-01-01T00:00Z"),
    };

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Found(string? text) => text is null ? null : Instant(text);

    private static DateTime? Wall(string? text) => text is null ? null : DateTime.Parse(text, CultureInfo.InvariantCulture);
}
