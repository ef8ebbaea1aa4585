using System.Globalization;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Tests.Schedules.Running;

public sealed class DuePlanTests
{
    private static readonly TimeSpan MisfireAfter = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("08:00:00")]
    [InlineData("08:01:59")]
    public void Plan_StartsTheRun_WhenItIsLateByLessThanAMisfire(string now)
    {
        var plan = Plan(Hourly(MisfirePolicy.Skip), now);

        Assert.Equal(["08:00 Started 0"], Words(plan));
        Assert.Equal((At("08:00:00"), At("09:00:00")), (plan!.LastDue, plan.NextDue));
    }

    [Theory]
    [InlineData(MisfirePolicy.Skip, "08:02:00", "08:00 SkippedMissed 0")]
    [InlineData(MisfirePolicy.Skip, "11:30:00", "11:00 SkippedMissed 3")]
    [InlineData(MisfirePolicy.Skip, "11:01:00", "10:00 SkippedMissed 2, 11:00 Started 0")]
    [InlineData(MisfirePolicy.RunOnce, "08:02:00", "08:00 Started 0")]
    [InlineData(MisfirePolicy.RunOnce, "11:30:00", "11:00 Started 3")]
    [InlineData(MisfirePolicy.RunOnce, "11:01:00", "11:00 Started 3")]
    public void Plan_FollowsThePolicy_WhenRunsWereMissed(MisfirePolicy policy, string now, string runs)
    {
        var plan = Plan(Hourly(policy), now);

        Assert.Equal(runs, string.Join(", ", Words(plan)));
        Assert.Equal((At("11:00:00") > At(now) ? At("08:00:00") : At("11:00:00")), plan!.LastDue);
        Assert.Equal(plan.LastDue + TimeSpan.FromHours(1), plan.NextDue);
    }

    [Theory]
    [InlineData(10, "08:00 Started 0, 09:00 Started 0, 10:00 Started 0, 11:00 Started 0")]
    [InlineData(2, "10:00 Started 2, 11:00 Started 0")]
    public void Plan_CatchesUpWithTheLatest_WhereRunsMayOverlap(int most, string runs)
    {
        var plan = Plan(Hourly(MisfirePolicy.CatchUp) with { MaxCatchUpRuns = most, AllowOverlap = true }, "11:30:00");

        Assert.Equal(runs, string.Join(", ", Words(plan)));
        Assert.Equal(At("12:00:00"), plan!.NextDue);
    }

    [Fact]
    public void Plan_CatchesUpOneAfterTheOther_WhereRunsMustNotOverlap()
    {
        var first = Plan(Hourly(MisfirePolicy.CatchUp) with { MaxCatchUpRuns = 3 }, "11:01:00");
        var waiting = Plan(first!, "11:01:30");
        var second = Plan(first! with { OpenRuns = [] }, "11:01:40");
        var last = Plan(second! with { OpenRuns = [] }, "11:01:50");

        Assert.Equal(["08:00 Started 0"], Words(first));
        Assert.Equal((At("08:00:00"), At("09:00:00")), (first!.LastDue, first.NextDue));
        Assert.Null(waiting);
        Assert.Equal(["09:00 Started 0"], Words(second));
        Assert.Equal(["10:00 Started 0"], Words(last));
        Assert.Equal(At("11:00:00"), last!.NextDue);
    }

    [Fact]
    public void Plan_ComesToAnEnd_WhenItCatchesUpNoFasterThanItIsDue()
    {
        var schedule = EveryMinute() with { MaxCatchUpRuns = 5 };

        // One run at each tick, as long as each takes until the next.
        var (ticks, begun) = (0, new List<string>());
        for (var now = At("08:30:10"); ; now += TimeSpan.FromMinutes(1), ticks++)
        {
            Assert.True(ticks < 20, "It never catches up.");
            schedule = DuePlan.Make(schedule, now, MisfireAfter)!;
            begun.AddRange(Words(schedule));
            schedule = schedule with { OpenRuns = [] };
            if (schedule.NextDue > now)
                break;
        }

        Assert.Equal(
            ["08:24 Started 24", "08:25 Started 0", "08:26 Started 0", "08:27 Started 0", "08:28 Started 0", "08:35 Started 6"], begun);
        Assert.Equal((At("08:36:00"), null), (schedule.NextDue, schedule.CatchUpsLeft));
    }

    [Fact]
    public void Plan_MakesUpForEach_WhenRunsEndSoonerThanTheNextIsDue()
    {
        var (schedule, now, begun) = (EveryMinute(), At("08:08:10"), new List<string>());

        while (schedule.NextDue <= now)
        {
            schedule = DuePlan.Make(schedule, now, MisfireAfter)!;
            begun.AddRange(Words(schedule));
            schedule = schedule with { OpenRuns = [] };
            now += TimeSpan.FromSeconds(5);
        }

        Assert.Equal(
            Enumerable.Range(0, 9).Select(minute => string.Create(CultureInfo.InvariantCulture, $"08:{minute:00} Started 0")), begun);
        Assert.Null(schedule.CatchUpsLeft);
    }

    [Theory]
    [InlineData(MisfirePolicy.RunOnce, "09:00:30", "08:00 Started 0, 09:00 SkippedOverlap 1")]
    [InlineData(MisfirePolicy.Skip, "09:00:30", "08:00 Started 0, 08:00 SkippedMissed 0, 09:00 SkippedOverlap 0")]
    [InlineData(MisfirePolicy.RunOnce, "10:30:00", "08:00 Started 0, 10:00 SkippedOverlap 2")]
    public void Plan_SkipsWhatWouldOverlap_AndSaysForHowMany(MisfirePolicy policy, string now, string runs)
    {
        var running = new ScheduleRun
        {
            ScheduleId = Guid.Empty,
            DueAt = At("08:00:00"),
            StartedAt = At("08:00:00"),
            Outcome = ScheduleRunOutcome.Started,
        };

        var plan = Plan(Hourly(policy) with { OpenRuns = [running] }, now);

        Assert.Equal(runs, string.Join(", ", Words(plan)));
    }

    [Fact]
    public void Plan_StartsOneOfSeveral_WhenTheyAreDueBetweenTwoTicks()
    {
        var everyTenSeconds = Hourly(
            MisfirePolicy.RunOnce) with
        { Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = "*/10 * * * * *" } };

        var plan = Plan(everyTenSeconds, "08:00:55");

        Assert.Equal(["08:00 Started 0", "08:00 SkippedOverlap 4"], Words(plan));
        Assert.Equal((At("08:00:50"), At("08:01:00")), (plan!.LastDue, plan.NextDue));
    }

    [Theory]
    [InlineData(MisfirePolicy.RunOnce, 1)]
    [InlineData(MisfirePolicy.CatchUp, 100)]
    [InlineData(MisfirePolicy.Skip, 1)]
    public void Plan_CountsUpToAThousand_WhenAYearOfSecondsWasMissed(MisfirePolicy policy, int entries)
    {
        var schedule = Hourly(policy) with
        {
            Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = "* * * * * *" },
            NextDue = At("08:00:00").AddYears(-1),
            MaxCatchUpRuns = 100,
            AllowOverlap = true,
            EndsAt = At("08:00:00"),
        };

        var plan = DuePlan.Make(schedule, At("08:30:00"), MisfireAfter)!;

        Assert.Equal((entries, At("08:00:00")), (plan.OpenRuns.Count, plan.LastDue));
        Assert.Equal(1000 - entries, plan.OpenRuns[0].Missed);
        Assert.Null(plan.NextDue);
    }

    [Fact]
    public void Plan_StopsStarting_WhereRunsMayOverlap_BeforeTheRecordIsFull()
    {
        var schedule = Hourly(MisfirePolicy.RunOnce) with
        {
            Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = "* * * * * *" },
            AllowOverlap = true,
        };

        var plan = Plan(schedule, "08:01:50");

        Assert.Equal(100, plan!.OpenRuns.Count(run => run.Outcome == ScheduleRunOutcome.Started));
        Assert.Equal(
            (ScheduleRunOutcome.SkippedOverlap, 10, "Too many runs before it had not ended."),
            (plan.OpenRuns[^1].Outcome, plan.OpenRuns[^1].Missed, plan.OpenRuns[^1].Reason));
    }

    [Fact]
    public void Plan_EndsTheSchedule_WhenItsLastInstantIsDealtWith()
    {
        var plan = Plan(Hourly(MisfirePolicy.RunOnce) with { EndsAt = At("08:59:59") }, "08:00:00");

        Assert.Null(plan!.NextDue);
    }

    private static Schedule EveryMinute() =>
        Hourly(MisfirePolicy.CatchUp) with { Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = "* * * * *" } };

    private static Schedule Hourly(MisfirePolicy policy) => new()
    {
        Id = Guid.CreateVersion7(At("07:00:00")),
        Name = "Numbers",
        State = ScheduleState.Active,
        Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Hourly },
        Dataset = "numbers",
        Format = "lines",
        RequestJson = "{}",
        Misfire = policy,
        NextDue = At("08:00:00"),
        CreatedAt = At("07:00:00"),
        UpdatedAt = At("07:00:00"),
    };

    private static Schedule? Plan(Schedule schedule, string now) => DuePlan.Make(schedule, At(now), MisfireAfter);

    private static DateTimeOffset At(string time) =>
        new(new DateTime(2026, 9, 1) + TimeSpan.Parse(time, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static IEnumerable<string> Words(Schedule? plan) =>
        plan!.OpenRuns.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.DueAt:HH:mm} {run.Outcome} {run.Missed}"));
}
