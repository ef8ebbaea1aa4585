using ExportFunctions.Datasets;
using ExportFunctions.Exports;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats;
using ExportFunctions.Notifications;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Schedules.Timing;
using ExportFunctions.Tests.Exports;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Schedules.Running;

public sealed class ScheduleTickTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SchedulesWorld _world = new();

    [Fact]
    public async Task Tick_StartsTheExportOnce_WhenTheScheduleIsDue()
    {
        var due = _world.Now + Hour;
        var schedule = await _world.AddAsync();

        var early = await _world.TickAfterAsync(Hour - TimeSpan.FromTicks(1));
        var started = await _world.TickAfterAsync(TimeSpan.FromTicks(1));
        var again = await _world.TickAsync();

        Assert.Equal((0, 1, 0), (early, started, again));
        var job = _world.Exports.Jobs[Assert.Single(_world.Exports.Messages).JobId];
        Assert.Equal((schedule.Id, due, ExportStatus.Queued), (job.ScheduleId, job.DueAt, job.Status));
        Assert.Equal((due + Hour, due), (_world.Schedules[schedule.Id].NextDue, _world.Schedules[schedule.Id].LastDue));
        var run = Assert.Single(_world.Runs.Of(schedule.Id));
        Assert.Equal((due, due, ScheduleRunOutcome.Started, job.Id), (run.DueAt, run.StartedAt, run.Outcome, run.JobId));
    }

    [Fact]
    public async Task Tick_ClosesTheRun_WhenItsExportHasSucceeded()
    {
        var schedule = await _world.AddAsync();
        await _world.TickAfterAsync(Hour);
        await _world.EndExportsAsync();

        await _world.TickAfterAsync(Minute);

        var run = Assert.Single(_world.Runs.Of(schedule.Id));
        Assert.Equal((ScheduleRunOutcome.Succeeded, _world.Now - Minute), (run.Outcome, run.FinishedAt));
        Assert.Empty(_world.Schedules[schedule.Id].OpenRuns);
    }

    [Fact]
    public async Task FollowUp_CatchesUpWithinOneTick_WhenTheScheduleIsDueEachMinute()
    {
        var timing = new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = "* * * * *" };
        var schedule = await _world.AddAsync(
            SchedulesWorld.Hourly(request => request with { Timing = timing, Misfire = MisfirePolicy.CatchUp }));
        await _world.TickAfterAsync(8 * Minute);

        var ended = 0;
        while (_world.Exports.Messages.TryPeek(out var message))
        {
            await _world.EndExportsAsync();
            await _world.CatchingUp().FollowUpAsync(_world.Exports.Jobs[message.JobId], CancellationToken.None);
            ended++;
        }

        Assert.Equal(8, ended);
        var stored = _world.Schedules[schedule.Id];
        Assert.Equal((_world.Now + Minute, null), (stored.NextDue, stored.CatchUpsLeft));
        Assert.All(_world.Runs.Of(schedule.Id), run => Assert.Equal(0, run.Missed));
    }

    [Fact]
    public async Task FollowUp_StartsNothing_WhenTheScheduleIsNotBehind()
    {
        await _world.AddAsync(SchedulesWorld.Hourly(request => request with { Misfire = MisfirePolicy.CatchUp }));
        await _world.TickAfterAsync(Hour);
        Assert.True(_world.Exports.Messages.TryPeek(out var message));
        await _world.EndExportsAsync();

        await _world.CatchingUp().FollowUpAsync(_world.Exports.Jobs[message.JobId], CancellationToken.None);

        Assert.Empty(_world.Exports.Messages);
    }

    [Fact]
    public async Task Tick_GoesByTheZonesRulesOfNow_WhenOthersFoundTheNextTime()
    {
        var schedule = await _world.AddAsync();
        _world.Schedules.Change(
            schedule.Id, stored => stored with { NextDue = _world.Now.AddMinutes(17), NextDueWall = null, ZoneRules = "older rules" });

        var early = await _world.TickAfterAsync(17 * Minute);
        var due = await _world.TickAfterAsync(43 * Minute);

        Assert.Equal((0, 1), (early, due));
        Assert.Equal(schedule.NextDue, Assert.Single(_world.Runs.Of(schedule.Id)).DueAt);
    }

    [Fact]
    public async Task Tick_SuspendsTheScheduleOnce_AndTellsOfIt_WhenItsZoneIsGone()
    {
        var schedule = await _world.AddAsync();
        _world.Schedules.Change(schedule.Id, stored => stored with { Timing = stored.Timing with { TimeZone = "Mars/Olympus" } });

        var started = await _world.TickAfterAsync(Hour);
        await _world.TickAfterAsync(Hour);

        var stored = _world.Schedules[schedule.Id];
        Assert.Equal((0, ScheduleState.Suspended, null, null), (started, stored.State, stored.NextDue, stored.UntoldSuspension));
        Assert.Contains("Mars/Olympus", stored.SuspendedBecause, StringComparison.Ordinal);
        Assert.Single(_world.Suspended);
        var resumed = await _world.Changes().ResumeAsync(schedule.Id, CancellationToken.None);
        Assert.Equal(ScheduleState.Suspended, resumed!.State);
    }

    [Fact]
    public async Task Tick_GoesOn_WithinAnHour_WhenAClockThatRanAheadHasRunTheSchedule()
    {
        var schedule = await _world.AddAsync();
        var tick = _world.Tick();
        await tick.RunAsync(CancellationToken.None);
        _world.Schedules.Change(
            schedule.Id,
            stored => stored with { LastDue = stored.NextDue!.Value.AddYears(1), NextDue = stored.NextDue!.Value.AddYears(1).AddHours(1) });

        _world.Time.Advance(Hour);
        await tick.RunAsync(CancellationToken.None);
        _world.Time.Advance(Hour);
        var started = await tick.RunAsync(CancellationToken.None);

        Assert.Equal(1, started);
        Assert.Equal(_world.Now, _world.Schedules[schedule.Id].LastDue);
    }

    [Fact]
    public async Task Tick_SuspendsTheSchedule_WhenRunsFailTooOftenInARow_UntilItIsResumed()
    {
        var schedule = await _world.AddAsync(SchedulesWorld.Hourly(request => request with { SuspendAfter = 3 }));
        await FailAsync(2);
        await RunAsync(failure: null);
        await FailAsync(2);
        Assert.Equal((ScheduleState.Active, 2), (_world.Schedules[schedule.Id].State, _world.Schedules[schedule.Id].FailuresInARow));

        await FailAsync(1);

        var suspended = _world.Schedules[schedule.Id];
        Assert.Equal((ScheduleState.Suspended, 3, null), (suspended.State, suspended.FailuresInARow, suspended.NextDue));
        Assert.Equal("3 runs in a row failed. The last reason: The table is gone.", suspended.SuspendedBecause);
        Assert.Equal(0, await _world.TickAfterAsync(5 * Hour));

        var resumed = await _world.Changes().ResumeAsync(schedule.Id, CancellationToken.None);
        Assert.Equal((ScheduleState.Active, 0, null), (resumed!.State, resumed.FailuresInARow, resumed.SuspendedBecause));
        Assert.Equal(1, await _world.TickAfterAsync(Hour));
    }

    [Fact]
    public async Task Tick_SuspendsTheScheduleByDefault_AfterFiveFailures()
    {
        var schedule = await _world.AddAsync();

        await FailAsync(4);
        Assert.Equal(ScheduleState.Active, _world.Schedules[schedule.Id].State);
        await FailAsync(1);

        Assert.Equal(ScheduleState.Suspended, _world.Schedules[schedule.Id].State);
        Assert.Equal(
            5, _world.Runs.Of(schedule.Id).Count(run => run is { Outcome: ScheduleRunOutcome.Failed, Reason: "The table is gone." }));
        Assert.Equal(schedule.Id, Assert.Single(_world.Suspended).Schedule);
        Assert.Null(_world.Schedules[schedule.Id].UntoldSuspension);
    }

    [Fact]
    public async Task Tick_CountsNeither_WhenTheExportIsCanceledOrDeleted()
    {
        var schedule = await _world.AddAsync();
        await FailAsync(1);
        await _world.TickAfterAsync(Hour - Minute);
        Assert.True(_world.Exports.Messages.TryDequeue(out var canceled));
        await _world.Exports.Removal().CancelAsync(canceled.JobId, CancellationToken.None);
        await _world.TickAfterAsync(Minute);
        await _world.TickAfterAsync(Hour - Minute);
        Assert.True(_world.Exports.Messages.TryDequeue(out var deleted));
        await _world.Exports.Removal().DeleteAsync(deleted.JobId, CancellationToken.None);

        await _world.TickAfterAsync(Minute);

        Assert.Equal(
            [ScheduleRunOutcome.Failed, ScheduleRunOutcome.Canceled, ScheduleRunOutcome.Canceled],
            _world.Runs.Of(schedule.Id).Select(run => run.Outcome));
        Assert.Equal(1, _world.Schedules[schedule.Id].FailuresInARow);
        Assert.Empty(_world.Exports.Messages);
    }

    [Fact]
    public async Task Tick_FailsTheRunWithAReason_WhenTheRequestIsNotValidAnyMore()
    {
        var schedule = await _world.AddAsync();
        _world.Requests = new ExportRequestReader(
            new DatasetCatalog([], [new DataSource("memory", SourceProvider.Sqlite, "")]),
            new FormatCatalog([new LinesFormat()]),
            new AddressListReader(new NotificationOptions()),
            Options.Create(new ExportOptions()));

        var started = await _world.TickAfterAsync(Hour);

        var run = Assert.Single(_world.Runs.Of(schedule.Id));
        Assert.Equal((0, ScheduleRunOutcome.Failed, null), (started, run.Outcome, run.JobId));
        Assert.StartsWith(
            "The request is not valid any more: the dataset has changed since the schedule was made. dataset:",
            run.Reason,
            StringComparison.Ordinal);
        Assert.Equal((1, _world.Now + Hour), (_world.Schedules[schedule.Id].FailuresInARow, _world.Schedules[schedule.Id].NextDue));
        Assert.Empty(_world.Schedules[schedule.Id].OpenRuns);
        Assert.Empty(_world.Exports.Messages);
    }

    [Fact]
    public async Task RunNow_ShowsNoExport_WhenTheRequestIsNotValidAnyMore()
    {
        var schedule = await _world.AddAsync();
        _world.Requests = new ExportRequestReader(
            new DatasetCatalog([], [new DataSource("memory", SourceProvider.Sqlite, "")]),
            new FormatCatalog([new LinesFormat()]),
            new AddressListReader(new NotificationOptions()),
            Options.Create(new ExportOptions()));

        var outcome = await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);

        var run = Assert.Single(_world.Runs.Of(schedule.Id));
        Assert.Equal((RunNowResult.Failed, ScheduleRunOutcome.Failed, null, true), (outcome.Result, run.Outcome, run.JobId, run.ByHand));
        Assert.Empty(_world.Schedules[schedule.Id].OpenRuns);
        Assert.Empty(_world.Exports.Messages);
    }

    [Fact]
    public async Task Tick_SkipsTheRun_WhileTheOneBeforeHasNotEnded()
    {
        var schedule = await _world.AddAsync();
        await _world.TickAfterAsync(Hour);

        await _world.TickAfterAsync(Hour);

        Assert.Single(_world.Exports.Messages);
        Assert.Equal(
            [ScheduleRunOutcome.Started, ScheduleRunOutcome.SkippedOverlap], _world.Runs.Of(schedule.Id).Select(run => run.Outcome));
        Assert.Single(_world.Schedules[schedule.Id].OpenRuns);
    }

    [Fact]
    public async Task Tick_StartsTheRun_WhileTheOneBeforeHasNotEnded_WhereRunsMayOverlap()
    {
        await _world.AddAsync(SchedulesWorld.Hourly(request => request with { AllowOverlap = true }));
        await _world.TickAfterAsync(Hour);

        await _world.TickAfterAsync(Hour);

        Assert.Equal(2, _world.Exports.Messages.Count);
    }

    [Fact]
    public async Task Tick_StartsNothing_WhenTheScheduleIsPaused()
    {
        var schedule = await _world.AddAsync();
        await _world.Changes().PauseAsync(schedule.Id, CancellationToken.None);

        Assert.Equal(0, await _world.TickAfterAsync(10 * Hour));

        await _world.Changes().ResumeAsync(schedule.Id, CancellationToken.None);
        Assert.Equal(0, await _world.TickAsync());
        Assert.Equal(1, await _world.TickAfterAsync(Hour));
    }

    [Fact]
    public async Task Tick_StartsNothingTwice_WhenTheClockJumpsBack()
    {
        var schedule = await _world.AddAsync();
        await _world.TickAfterAsync(3 * Hour);
        await _world.EndExportsAsync();
        await _world.TickAfterAsync(Minute);
        var dealtWith = _world.Schedules[schedule.Id].LastDue;

        // The fake clock can't be put back, so the schedule's world is put ahead.
        _world.Schedules.Change(
            schedule.Id, stored => stored with { LastDue = stored.LastDue + (2 * Hour), NextDue = stored.NextDue + (2 * Hour) });
        await _world.Changes().PauseAsync(schedule.Id, CancellationToken.None);
        var resumed = await _world.Changes().ResumeAsync(schedule.Id, CancellationToken.None);

        Assert.Equal(dealtWith + (3 * Hour), resumed!.NextDue);
        Assert.Equal(0, await _world.TickAfterAsync(Hour));
        Assert.Equal(0, await _world.TickAfterAsync(Hour));
        Assert.Equal(1, await _world.TickAfterAsync(Hour));
    }

    [Fact]
    public async Task Tick_NeverStartsWhatWasDealtWith_WhenTheRecordSaysItIsDue()
    {
        var schedule = await _world.AddAsync();
        await _world.TickAfterAsync(Hour);
        await _world.EndExportsAsync();
        await _world.TickAfterAsync(Minute);
        _world.Schedules.Change(schedule.Id, stored => stored with { NextDue = stored.LastDue });

        var started = await _world.TickAsync();

        Assert.Equal((0, _world.Schedules[schedule.Id].LastDue + Hour), (started, _world.Schedules[schedule.Id].NextDue));
        Assert.Single(_world.Runs.Of(schedule.Id));
    }

    [Fact]
    public async Task Tick_StartsTheOthers_WhenOneScheduleCannotBeDealtWith()
    {
        var broken = await _world.AddAsync();
        await _world.AddAsync();
        _world.Schedules.Change(broken.Id, stored => stored with { RequestJson = "no JSON" });

        var started = await _world.TickAfterAsync(Hour);

        Assert.Equal(1, started);
    }

    [Fact]
    public async Task Tick_ReadsNoSchedule_ThatIsNotDue()
    {
        for (var i = 0; i < 10_000; i++)
            await _world.AddAsync();

        await _world.TickAfterAsync(Minute);

        Assert.Equal(0, _world.Schedules.Found);
    }

    [Fact]
    public async Task Tick_Stops_WhenItIsCanceled()
    {
        await _world.AddAsync();
        _world.Time.Advance(Hour);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.Tick().RunAsync(new CancellationToken(canceled: true)));

        Assert.Empty(_world.Exports.Messages);
        Assert.Equal(1, await _world.TickAsync());
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
            await RunAsync("The table is gone.");
    }

    /// <summary>The next run, to its end, and the tick that closes it.</summary>
    private async Task RunAsync(string? failure)
    {
        _world.Time.Advance(Hour - TimeSpan.FromTicks(_world.Now.UtcTicks % Hour.Ticks));
        await _world.TickAsync();
        await _world.EndExportsAsync(failure);
        await _world.TickAfterAsync(Minute);
    }
}
