using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Tests.Schedules;

public sealed class ScheduleChangesTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly SchedulesWorld _world = new();

    [Fact]
    public async Task Create_IsDueAtItsStart_WhenTheStartIsOnTheRhythm()
    {
        var start = _world.Now + (5 * Hour);

        var schedule = await _world.AddAsync(SchedulesWorld.Hourly(request => request with { StartsAt = start }));

        Assert.Equal((start, null), (schedule.NextDue, schedule.LastDue));
    }

    [Fact]
    public async Task Create_MakesAsManyAsMayBe_HoweverManyAreMadeAtOnce()
    {
        _world.Options.MaxSchedules = 5;
        using var changes = _world.Changes();

        var made = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => changes.CreateAsync(SchedulesWorld.Hourly(), CancellationToken.None)));
        var first = made.First(schedule => schedule is not null)!;
        await changes.DeleteAsync(first, CancellationToken.None);
        var again = await changes.CreateAsync(SchedulesWorld.Hourly(), CancellationToken.None);

        Assert.Equal((5, 15), (made.Count(schedule => schedule is not null), made.Count(schedule => schedule is null)));
        Assert.NotNull(again);
        Assert.Equal(5, _world.Schedules.All.Count());
    }

    [Fact]
    public async Task Create_SeesWithinAMinuteWhatOtherHostsMake()
    {
        _world.Options.MaxSchedules = 5;
        using var changes = _world.Changes();
        await changes.CreateAsync(SchedulesWorld.Hourly(), CancellationToken.None);
        for (var i = 0; i < 4; i++)
            await _world.AddAsync();

        _world.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await changes.CreateAsync(SchedulesWorld.Hourly(), CancellationToken.None));
    }

    [Fact]
    public async Task Create_IsNeverDue_WhenItEndsBeforeItsFirstInstant()
    {
        var schedule =
            await _world.AddAsync(SchedulesWorld.Hourly(request => request with { EndsAt = _world.Now + Hour - TimeSpan.FromTicks(1) }));

        Assert.Equal((ScheduleState.Active, null), (schedule.State, schedule.NextDue));
    }

    [Fact]
    public async Task Create_IsPaused_WhenItIsNotEnabled()
    {
        var schedule = await _world.AddAsync(SchedulesWorld.Hourly(request => request with { Enabled = false }));

        Assert.Equal((ScheduleState.Paused, null), (schedule.State, schedule.NextDue));
    }

    [Fact]
    public async Task Create_KeepsWallClockTime_WhenTheClocksChange()
    {
        // Athens puts its clock forward on 28 March 2027: 3:30 does not exist there that day.
        _world.Time.SetUtcNow(new DateTimeOffset(2027, 3, 27, 12, 0, 0, TimeSpan.Zero));
        var timing = new ScheduleTiming { Frequency = ScheduleFrequency.Daily, Time = new TimeOnly(3, 30), TimeZone = "Europe/Athens" };
        var schedule = await _world.AddAsync(SchedulesWorld.Hourly(request => request with { Timing = timing }));

        for (var minute = 0; minute < 3 * 24 * 60; minute++)
        {
            if (await _world.TickAfterAsync(TimeSpan.FromMinutes(1)) == 1)
                await _world.EndExportsAsync();
        }

        Assert.Equal(
            ["2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z", "2027-03-30T00:30:00Z"],
            _world.Runs.Of(schedule.Id).Select(
                run => run.DueAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Replace_KeepsIdHistoryAndFailures_AndIsDueByItsNewTiming()
    {
        var schedule = await _world.AddAsync();
        await _world.TickAfterAsync(Hour);
        _world.Schedules.Change(schedule.Id, stored => stored with { FailuresInARow = 2 });
        var timing = new ScheduleTiming { Frequency = ScheduleFrequency.Daily };

        var replaced = await _world.Changes().ReplaceAsync(
            _world.Schedules[schedule.Id], SchedulesWorld.Hourly(
                request => request with { Name = "Other", Timing = timing }), CancellationToken.None);

        Assert.Equal(
            (schedule.Id, "Other", 2, schedule.CreatedAt), (replaced!.Id, replaced.Name, replaced.FailuresInARow, replaced.CreatedAt));
        Assert.Equal((_world.Now, new DateTimeOffset(2026, 9, 2, 0, 0, 0, TimeSpan.Zero)), (replaced.LastDue, replaced.NextDue));
        Assert.Single(replaced.OpenRuns);
        Assert.Equal(replaced.NextDue, replaced.ListedDue);
    }

    [Fact]
    public async Task Replace_KeepsTheRunThatIsDue_WhenTheTimingStays()
    {
        var schedule = await _world.AddAsync();
        _world.Time.Advance(Hour);

        await _world.Changes().ReplaceAsync(
            schedule, SchedulesWorld.Hourly(request => request with { Name = "Other" }), CancellationToken.None);

        Assert.Equal(1, await _world.TickAsync());
    }

    [Fact]
    public async Task Replace_IsRefused_WhenAnotherChangeCameFirst()
    {
        var schedule = await _world.AddAsync();
        await _world.Changes().PauseAsync(schedule.Id, CancellationToken.None);

        Assert.Null(await _world.Changes().ReplaceAsync(schedule, SchedulesWorld.Hourly(), CancellationToken.None));
        Assert.False(await _world.Changes().DeleteAsync(schedule, CancellationToken.None));
        Assert.Equal(ScheduleState.Paused, _world.Schedules[schedule.Id].State);
    }

    [Theory]
    [InlineData(true, ScheduleState.Suspended)]
    [InlineData(false, ScheduleState.Paused)]
    public async Task Replace_DoesNotResume_WhenTheScheduleSuspendedItself(bool enabled, ScheduleState state)
    {
        var schedule = await _world.AddAsync();
        _world.Schedules.Change(
            schedule.Id,
            stored => stored with { State = ScheduleState.Suspended, SuspendedBecause = "5 runs in a row failed.", NextDue = null });

        var replaced = await _world.Changes().ReplaceAsync(
            _world.Schedules[schedule.Id], SchedulesWorld.Hourly(request => request with { Enabled = enabled }), CancellationToken.None);

        Assert.Equal((state, null), (replaced!.State, replaced.NextDue));
    }

    [Fact]
    public async Task Delete_LeavesTheExportThatRuns()
    {
        var schedule = await _world.AddAsync();
        await _world.TickAfterAsync(Hour);

        var isGone = await _world.Changes().DeleteAsync(_world.Schedules[schedule.Id], CancellationToken.None);
        await _world.TickAfterAsync(Hour);
        await _world.EndExportsAsync();

        Assert.True(isGone);
        Assert.Equal(1, _world.Exports.Files.Publications);
    }

    [Fact]
    public async Task PauseAndResume_FindNothing_WhenThereIsNoSchedule()
    {
        Assert.Null(await _world.Changes().PauseAsync(Guid.Empty, CancellationToken.None));
        Assert.Null(await _world.Changes().ResumeAsync(Guid.Empty, CancellationToken.None));
        Assert.Equal(RunNowResult.NotFound, (await _world.Starts().RunNowAsync(Guid.Empty, CancellationToken.None)).Result);
    }

    [Theory]
    [InlineData(ScheduleState.Active)]
    [InlineData(ScheduleState.Paused)]
    [InlineData(ScheduleState.Suspended)]
    public async Task RunNow_StartsARunBesideTheRhythm_InAnyState(ScheduleState state)
    {
        var schedule = await _world.AddAsync();
        _world.Schedules.Change(schedule.Id, stored => stored with { State = state });
        _world.Time.Advance(TimeSpan.FromMinutes(10));

        var outcome = await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);

        Assert.Equal((RunNowResult.Started, true, _world.Now), (outcome.Result, outcome.Run!.ByHand, outcome.Run.DueAt));
        Assert.Equal(outcome.Run.JobId, Assert.Single(_world.Exports.Messages).JobId);
        Assert.Equal(
            (schedule.NextDue, null, state),
            (_world.Schedules[schedule.Id].NextDue, _world.Schedules[schedule.Id].LastDue, _world.Schedules[schedule.Id].State));
        Assert.Equal(outcome.Run, Assert.Single(_world.Runs.Of(schedule.Id)));
    }

    [Fact]
    public async Task RunNow_IsRefused_WhileARunIsOpen()
    {
        var schedule = await _world.AddAsync();
        var first = await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);

        var second = await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);

        Assert.Equal((RunNowResult.Overlapping, first.Run!.JobId), (second.Result, second.Run!.JobId));
        Assert.Single(_world.Exports.Messages);
    }

    [Fact]
    public async Task RunNow_Starts_WhenTheRunBeforeHasEndedAndNoTickHasSeenIt()
    {
        var schedule = await _world.AddAsync();
        await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);
        await _world.EndExportsAsync();

        var second = await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);

        Assert.Equal(RunNowResult.Started, second.Result);
        Assert.Equal(
            [ScheduleRunOutcome.Succeeded, ScheduleRunOutcome.Started],
            _world.Runs.Of(schedule.Id).Select(run => run.Outcome).OrderDescending());
    }

    [Fact]
    public async Task RunNow_FailsWithAReason_WhenTheRequestIsNotValidAnyMore()
    {
        var schedule = await _world.AddAsync();
        _world.Schedules.Change(schedule.Id, stored => stored with { RequestJson = """{"dataset":"gone"}""" });

        var outcome = await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);

        Assert.Equal((RunNowResult.Failed, ScheduleRunOutcome.Failed), (outcome.Result, outcome.Run!.Outcome));
        Assert.Contains("dataset", outcome.Run.Reason, StringComparison.Ordinal);
        Assert.Empty(_world.Exports.Messages);
    }
}
