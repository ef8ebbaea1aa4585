using ExportFunctions.Schedules;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Schedules.Running;

/// <summary>
/// Kills the host before and after each of a tick's steps, then lets another tick go on: always one job, one file, one entry in the
/// history, and the right next instant.
/// </summary>
public sealed class ScheduleCrashTests
{
    private const int MaxSteps = 40;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Run_StartsOnce_WhereverTheTickDies()
    {
        await Deaths.AtEachStepAsync(min: 14, async fuse =>
        {
            var world = new SchedulesWorld();
            var schedule = await world.AddAsync();
            var due = world.Now + Hour;
            world.Time.Advance(Hour);

            await DieAsync(world, fuse);
            await RecoverAsync(world);

            var run = Assert.Single(world.Runs.Of(schedule.Id));
            Assert.Equal((due, ScheduleRunOutcome.Succeeded), (run.DueAt, run.Outcome));
            AssertSettled(world, schedule.Id, due + Hour);
            Assert.Equal(1, world.Exports.Files.Publications);
        });
    }

    [Fact]
    public async Task MissedRuns_AreMadeUpForByOne_WhereverTheTickDies_AndHoweverLateTheNextIs()
    {
        await Deaths.AtEachStepAsync(min: 14, async fuse =>
        {
            var world = new SchedulesWorld();
            var schedule = await world.AddAsync();
            var begin = world.Now;
            world.Time.Advance((3 * Hour) + (30 * Minute));

            await DieAsync(world, fuse);
            world.Time.Advance(20 * Minute);
            await RecoverAsync(world);

            var run = Assert.Single(world.Runs.Of(schedule.Id));
            Assert.Equal((begin + (3 * Hour), ScheduleRunOutcome.Succeeded, 2), (run.DueAt, run.Outcome, run.Missed));
            AssertSettled(world, schedule.Id, begin + (4 * Hour));
            Assert.Equal(1, world.Exports.Files.Publications);
        });
    }

    [Fact]
    public async Task Runs_AreAllMadeUpFor_WhereverTheTickDies_WhereTheyMayOverlap()
    {
        await Deaths.AtEachStepAsync(min: 24, async fuse =>
        {
            var world = new SchedulesWorld();
            var schedule = await world.AddAsync(SchedulesWorld.Hourly(
                request => request with { Misfire = MisfirePolicy.CatchUp, MaxCatchUpRuns = 3, AllowOverlap = true }));
            var begin = world.Now;
            world.Time.Advance((5 * Hour) + (30 * Minute));

            await DieAsync(world, fuse);
            await RecoverAsync(world);

            var runs = world.Runs.Of(schedule.Id);
            Assert.Equal([begin + (3 * Hour), begin + (4 * Hour), begin + (5 * Hour)], runs.Select(run => run.DueAt));
            Assert.Equal([2, 0, 0], runs.Select(run => run.Missed));
            Assert.All(runs, run => Assert.Equal(ScheduleRunOutcome.Succeeded, run.Outcome));
            AssertSettled(world, schedule.Id, begin + (6 * Hour));
            Assert.Equal(3, world.Exports.Files.Publications);
        });
    }

    [Fact]
    public async Task MissedRuns_AreWrittenDownOnce_WhereverTheTickDies_WhereTheyAreSkipped()
    {
        await Deaths.AtEachStepAsync(min: 6, async fuse =>
        {
            var world = new SchedulesWorld();
            var schedule = await world.AddAsync(SchedulesWorld.Hourly(request => request with { Misfire = MisfirePolicy.Skip }));
            var begin = world.Now;
            world.Time.Advance((3 * Hour) + (30 * Minute));

            await DieAsync(world, fuse);
            await RecoverAsync(world);

            var run = Assert.Single(world.Runs.Of(schedule.Id));
            Assert.Equal((begin + (3 * Hour), ScheduleRunOutcome.SkippedMissed, 2), (run.DueAt, run.Outcome, run.Missed));
            AssertSettled(world, schedule.Id, begin + (4 * Hour));
        });
    }

    [Fact]
    public async Task Failure_CountsOnce_WhereverTheTickDies()
    {
        await Deaths.AtEachStepAsync(min: 6, async fuse =>
        {
            var world = new SchedulesWorld();
            var schedule = await world.AddAsync();
            await world.TickAfterAsync(Hour);
            await world.EndExportsAsync("The table is gone.");
            world.Time.Advance(Minute);

            await DieAsync(world, fuse);
            await RecoverAsync(world);

            Assert.Equal(1, world.Schedules[schedule.Id].FailuresInARow);
            Assert.Equal(ScheduleRunOutcome.Failed, Assert.Single(world.Runs.Of(schedule.Id)).Outcome);
            Assert.Empty(world.Schedules[schedule.Id].OpenRuns);
        });
    }

    [Fact]
    public async Task RunByHand_StartsOnce_WhereverTheHostDiesOnceItIsClaimed_AndLeavesTheRhythm()
    {
        await Deaths.AtEachStepAsync(min: 10, async fuse =>
        {
            var world = new SchedulesWorld();
            var schedule = await world.AddAsync();
            var next = world.Schedules[schedule.Id].NextDue!.Value;

            await Record.ExceptionAsync(() => world.Starts(fuse).RunNowAsync(schedule.Id, CancellationToken.None));
            var claimed = world.Schedules[schedule.Id].OpenRuns.Count;
            await RecoverAsync(world);

            var runs = world.Runs.Of(schedule.Id);
            Assert.Equal(claimed, runs.Count);
            Assert.All(runs, run => Assert.Equal((ScheduleRunOutcome.Succeeded, true), (run.Outcome, run.ByHand)));
            Assert.Equal(runs.Count, world.Exports.Files.Publications);
            AssertSettled(world, schedule.Id, next);
        });
    }

    [Fact]
    public async Task Run_StartsOnce_WhenTwoHostsTickAtOnce()
    {
        var world = new SchedulesWorld();
        var schedules = new List<Schedule>();
        for (var i = 0; i < 50; i++)
            schedules.Add(await world.AddAsync());
        world.Time.Advance(Hour);

        var started = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(world.TickAsync)));

        Assert.Equal(50, started.Sum());
        Assert.Equal(50, world.Exports.Messages.Select(message => message.JobId).Distinct().Count());
        Assert.Equal(50, world.Exports.Messages.Count);
        Assert.All(schedules, schedule => Assert.Single(world.Runs.Of(schedule.Id)));
    }

    private static async Task DieAsync(SchedulesWorld world, Fuse fuse) =>
        await Record.ExceptionAsync(() => world.Tick(fuse).RunAsync(CancellationToken.None));

    /// <summary>Ticks on other hosts, and workers that do what they are told.</summary>
    private static async Task RecoverAsync(SchedulesWorld world)
    {
        for (var round = 0; round < 4; round++)
        {
            await world.TickAfterAsync(Minute);
            await world.Exports.DeliverAsync();
        }
    }

    private static void AssertSettled(SchedulesWorld world, Guid id, DateTimeOffset nextDue)
    {
        Assert.Equal(nextDue, world.Schedules[id].NextDue);
        Assert.Empty(world.Schedules[id].OpenRuns);
        Assert.Equal(0, world.Schedules[id].FailuresInARow);
        Assert.Empty(world.Exports.Messages);
        Assert.True(world.Exports.Jobs.Active.IsEmpty);
    }
}
