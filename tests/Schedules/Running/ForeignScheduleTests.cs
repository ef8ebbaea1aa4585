using ExportFunctions.Exports.Jobs;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Tests.Exports.Hosts;

namespace ExportFunctions.Tests.Schedules.Running;

/// <summary>Schedules whose ticks meet hosts with other datasets.</summary>
public sealed class ForeignScheduleTests
{
    private readonly SchedulesWorld _world = new();

    [Fact]
    public async Task Tick_StartsTheRunForTheHostItBelongsTo_OnAHostWithAnotherSource()
    {
        var schedule = await _world.AddAsync();
        await _world.Exports.Hosts.PutAsync("home", Catalogs.World);
        _world.Requests = Catalogs.Reader(Catalogs.Elsewhere);

        var started = await _world.TickAfterAsync(TimeSpan.FromHours(1));

        var message = Assert.Single(_world.Exports.Messages);
        var job = _world.Exports.Jobs[message.JobId];
        Assert.Equal((1, schedule.Id, ExportStatus.Queued), (started, job.ScheduleId, job.Status));
        Assert.True(schedule.CheckedAgainst!.IsSameAs(job.CheckedAgainst));
        Assert.Equal(("numbers", "excel", "numbers-20260901-090000.txt"), (job.Dataset, job.Format, job.FileName));

        // The host that ticks leaves it, and the schedule's own host makes the file.
        _world.Exports.Requests = Catalogs.Reader(Catalogs.Elsewhere);
        await _world.Exports.Processor().ProcessAsync(_world.Exports.TakeMessage(), CancellationToken.None);
        Assert.Equal(0, _world.Exports.Source.Opened);
        _world.Exports.Requests = Catalogs.Reader(Catalogs.World);
        await _world.Exports.DeliverAsync();
        Assert.Equal(ExportStatus.Succeeded, _world.Exports.Jobs[job.Id].Status);
    }

    [Fact]
    public async Task RunNow_StartsTheRunForTheHostItBelongsTo_WhenAskedOfAnother()
    {
        var schedule = await _world.AddAsync();
        await _world.Exports.Hosts.PutAsync("home", Catalogs.World);
        _world.Requests = Catalogs.Reader(Catalogs.Elsewhere);

        var run = await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);

        Assert.Equal(RunNowResult.Started, run.Result);
        Assert.True(schedule.CheckedAgainst!.IsSameAs(_world.Exports.Jobs[run.Run!.JobId!.Value].CheckedAgainst));
    }

    [Fact]
    public async Task RunNow_FailsWithAWord_WhenNobodyIsThereWhoServesIt()
    {
        var schedule = await _world.AddAsync();
        _world.Requests = Catalogs.Reader(Catalogs.Elsewhere);

        var run = await _world.Starts().RunNowAsync(schedule.Id, CancellationToken.None);

        Assert.Equal(RunNowResult.Failed, run.Result);
        Assert.Contains("the dataset \"numbers\" of datasets.json", run.Run!.Reason, StringComparison.Ordinal);
        Assert.Empty(_world.Exports.Messages);
    }

    [Fact]
    public async Task Tick_ReadsTheRequestByTodaysDefinition_WhenTheFileWasEdited()
    {
        await _world.AddAsync();
        _world.Requests = Catalogs.Reader(Catalogs.Edited);

        await _world.TickAfterAsync(TimeSpan.FromHours(1));

        var job = _world.Exports.Jobs[Assert.Single(_world.Exports.Messages).JobId];
        Assert.True(Catalogs.Edited.IdentityOf(Catalogs.Edited.Datasets[0]).IsSameAs(job.CheckedAgainst));
        Assert.Equal(["n", "m"], job.AllColumns);
    }

    [Fact]
    public async Task Tick_FailsTheRun_WhenNobodyServesItForAWhile()
    {
        var schedule = await _world.AddAsync();
        _world.Requests = Catalogs.Reader(Catalogs.Elsewhere);
        _world.Exports.Requests = _world.Requests;
        await _world.TickAfterAsync(TimeSpan.FromHours(1));
        await _world.Exports.Processor().ProcessAsync(_world.Exports.TakeMessage(), CancellationToken.None);
        _world.Time.Advance(_world.Exports.Options.ForeignJobTimeout);
        await _world.Exports.Processor().ProcessAsync(_world.Exports.TakeMessage(), CancellationToken.None);

        await _world.TickAsync();

        var run = _world.Runs.Of(schedule.Id).Single();
        Assert.Equal(ScheduleRunOutcome.Failed, run.Outcome);
        Assert.Contains("No host serves", run.Reason, StringComparison.Ordinal);
    }
}
