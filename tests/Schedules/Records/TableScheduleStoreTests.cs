using Azure;
using Azure.Data.Tables;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Records;
using ExportFunctions.Schedules.Timing;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Schedules.Records;

/// <summary>The stores on real tables.</summary>
[Integration]
public sealed class TableScheduleStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly StorageAccount _account = StorageAccount.Create(
        new ConfigurationBuilder().AddInMemoryCollection([new(StorageAccount.Setting, azurite.NewAccount())]).Build());

    private TableScheduleStore Schedules => new(_account, Filters);

    private BlobLargeFilters Filters => new(_account);

    private TableScheduleRunStore Runs => new(_account);

    public async ValueTask InitializeAsync() =>
        await new StorageSetup(_account, new StorageClock(TimeProvider.System), TimeProvider.System, NullLogger<StorageSetup>.Instance)
            .StartingAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Schedule_IsReadAsItWasWritten()
    {
        var schedule = Filled();

        var created = await Schedules.TryCreateAsync(schedule, CancellationToken.None);
        var found = await Schedules.FindAsync(schedule.Id, CancellationToken.None);

        Assert.Equivalent(created, found, strict: true);
        Assert.Equivalent(schedule with { ETag = found!.ETag, ListedDue = schedule.NextDue, IsListedOpen = true }, found, strict: true);
        Assert.Null(await Schedules.TryCreateAsync(schedule, CancellationToken.None));
        Assert.Null(await Schedules.FindAsync(Guid.CreateVersion7(Now), CancellationToken.None));
    }

    [Fact]
    public async Task Update_ChangesRecordAndListsAtOnce_AndLeavesTheRequest()
    {
        var created = await Schedules.TryCreateAsync(Filled(), CancellationToken.None);
        var next = Now.AddMinutes(1);

        var updated = await Schedules.TryUpdateAsync(
            created! with { RequestJson = "", NextDue = next, OpenRuns = [], SuspendedBecause = null, EndsAt = null },
            CancellationToken.None);

        var found = await Schedules.FindAsync(created!.Id, CancellationToken.None);
        Assert.Equivalent(updated! with { RequestJson = created.RequestJson }, found, strict: true);
        Assert.Equal((next, null, null), (found!.NextDue, found.SuspendedBecause, found.EndsAt));
        Assert.Equal([next], (await DueAsync(Now.AddYears(1))).Select(entry => entry.DueAt));
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Update_ChangesNothing_WhenAnotherCameFirst()
    {
        var created = await Schedules.TryCreateAsync(Filled(), CancellationToken.None);
        await Schedules.TryUpdateAsync(created! with { Name = "First" }, CancellationToken.None);

        Assert.Null(await Schedules.TryUpdateAsync(created! with { Name = "Second", NextDue = Now.AddDays(1) }, CancellationToken.None));
        Assert.Null(await Schedules.TryReplaceAsync(created! with { Name = "Second", NextDue = null }, CancellationToken.None));
        Assert.False(await Schedules.TryDeleteAsync(created!, CancellationToken.None));

        Assert.Equal("First", (await Schedules.FindAsync(created!.Id, CancellationToken.None))!.Name);
        Assert.Equal([created.NextDue!.Value], (await DueAsync(Now.AddYears(1))).Select(entry => entry.DueAt));
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task ListActive_GivesThoseThatStartRuns_WithAllButTheirRequests()
    {
        var active = await Schedules.TryCreateAsync(Filled() with { State = ScheduleState.Active }, CancellationToken.None);
        await Schedules.TryCreateAsync(Filled() with { State = ScheduleState.Paused }, CancellationToken.None);
        await Schedules.TryCreateAsync(Filled() with { State = ScheduleState.Suspended }, CancellationToken.None);

        var listed = new List<Schedule>();
        await foreach (var schedule in Schedules.ListActiveAsync(CancellationToken.None))
            listed.Add(schedule);

        Assert.Equivalent(active! with { RequestJson = "" }, Assert.Single(listed), strict: true);
    }

    [Fact]
    public async Task LargeFilter_ComesAndGoesWithItsSchedule()
    {
        var created = await Schedules.TryCreateAsync(Filled() with { RequestJson = LargeRequest(1) }, CancellationToken.None);
        var found = await Schedules.FindAsync(created!.Id, CancellationToken.None);
        var first = await FiltersAsync();

        var replaced = await Schedules.TryReplaceAsync(found! with { RequestJson = LargeRequest(2) }, CancellationToken.None);
        var second = await FiltersAsync();
        var foundAgain = await Schedules.FindAsync(created.Id, CancellationToken.None);
        Assert.True(await Schedules.TryDeleteAsync(replaced!, CancellationToken.None));

        Assert.Equal((LargeRequest(1), LargeRequest(2)), (found!.RequestJson, foundAgain!.RequestJson));
        Assert.NotEqual(Assert.Single(first), Assert.Single(second));
        Assert.Empty(await FiltersAsync());
    }

    [Fact]
    public async Task Replace_LeavesTheFilter_WhenAnotherCameFirst()
    {
        var created = await Schedules.TryCreateAsync(Filled() with { RequestJson = LargeRequest(1) }, CancellationToken.None);
        await Schedules.TryUpdateAsync(created! with { Name = "First" }, CancellationToken.None);

        Assert.Null(await Schedules.TryReplaceAsync(created! with { RequestJson = LargeRequest(2) }, CancellationToken.None));

        Assert.Equal(LargeRequest(1), (await Schedules.FindAsync(created!.Id, CancellationToken.None))!.RequestJson);
    }

    [Fact]
    public async Task Replace_LeavesNothingOfALongerRequest()
    {
        var created = await Schedules.TryCreateAsync(Filled(), CancellationToken.None);

        await Schedules.TryReplaceAsync(created! with { RequestJson = "{}" }, CancellationToken.None);

        Assert.Equal("{}", (await Schedules.FindAsync(created!.Id, CancellationToken.None))!.RequestJson);
    }

    [Fact]
    public async Task Delete_TakesTheScheduleOffTheLists()
    {
        var created = await Schedules.TryCreateAsync(Filled(), CancellationToken.None);

        Assert.True(await Schedules.TryDeleteAsync(created!, CancellationToken.None));

        Assert.Null(await Schedules.FindAsync(created!.Id, CancellationToken.None));
        Assert.Empty(await DueAsync(Now.AddYears(1)));
        Assert.Empty(await OpenAsync());
        Assert.False(await Schedules.TryDeleteAsync(created, CancellationToken.None));
        Assert.Null(await Schedules.TryUpdateAsync(created, CancellationToken.None));
    }

    [Fact]
    public async Task ListDue_GivesWhatIsDue_AndNothingElse()
    {
        foreach (var minutes in new[] { 0, -10, 1, -5 })
            await Schedules.TryCreateAsync(Filled() with { NextDue = Now.AddMinutes(minutes) }, CancellationToken.None);
        await Schedules.TryCreateAsync(Filled() with { NextDue = null }, CancellationToken.None);

        var due = await DueAsync(Now);

        Assert.Equal([Now.AddMinutes(-10), Now.AddMinutes(-5), Now], due.Select(entry => entry.DueAt).Order());
    }

    [Fact]
    public async Task RemoveDue_LeavesAnEntry_ThatWasListedAnew()
    {
        var created = await Schedules.TryCreateAsync(Filled(), CancellationToken.None);
        var listed = Assert.Single(await DueAsync(Now.AddYears(1)));
        var moved = await Schedules.TryUpdateAsync(created! with { NextDue = null }, CancellationToken.None);
        await Schedules.RemoveDueAsync(listed, CancellationToken.None);
        await Schedules.TryUpdateAsync(moved! with { NextDue = created!.NextDue }, CancellationToken.None);

        await Schedules.RemoveDueAsync(listed, CancellationToken.None);

        var anew = Assert.Single(await DueAsync(Now.AddYears(1)));
        await Schedules.RemoveDueAsync(anew, CancellationToken.None);
        Assert.Empty(await DueAsync(Now.AddYears(1)));
    }

    [Fact]
    public async Task List_GivesPagesNewestFirst_WithoutRequests()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Insert(0, (
                await Schedules.TryCreateAsync(Filled() with { Id = Guid.CreateVersion7(Now.AddSeconds(i)) }, CancellationToken.None))!.Id);

        var first = await Schedules.ListAsync(3, continuationToken: null, CancellationToken.None);
        var second = await Schedules.ListAsync(3, first.ContinuationToken, CancellationToken.None);

        Assert.Equal(ids, first.Schedules.Concat(second.Schedules).Select(schedule => schedule.Id));
        Assert.Equal((3, null), (first.Schedules.Count, second.ContinuationToken));
        Assert.Null((await Schedules.ListAsync(5, continuationToken: null, CancellationToken.None)).ContinuationToken);
        Assert.All(first.Schedules, schedule => Assert.Equal(("", "Every night"), (schedule.RequestJson, schedule.Name)));
        Assert.NotEqual(default, first.Schedules[0].ETag);
    }

    [Fact]
    public async Task History_HasOneEntryForARun_NewestFirst()
    {
        var id = Guid.CreateVersion7(Now);
        var started = Run(id, Now);
        var byHand = Run(id, Now) with { ByHand = true, HandId = Guid.CreateVersion7(Now) };
        var ended =
            started with { Outcome = ScheduleRunOutcome.Failed, FinishedAt = Now.AddSeconds(3), Reason = "The table is gone.", Missed = 4 };

        await Runs.AddAsync(started, CancellationToken.None);
        await Runs.PutAsync(ended, CancellationToken.None);
        await Runs.AddAsync(started, CancellationToken.None);
        await Runs.AddAsync(byHand, CancellationToken.None);
        await Runs.AddAsync(Run(id, Now.AddHours(1)), CancellationToken.None);
        await Runs.AddAsync(Run(Guid.CreateVersion7(Now), Now), CancellationToken.None);

        var first = await Runs.ListAsync(id, 1, continuationToken: null, CancellationToken.None);
        var rest = await Runs.ListAsync(id, 5, first.ContinuationToken, CancellationToken.None);
        Assert.Equal([Run(id, Now.AddHours(1)), ended, byHand], first.Runs.Concat(rest.Runs));
        Assert.True(await Runs.HasAsync(byHand, CancellationToken.None));
        Assert.False(await Runs.HasAsync(Run(id, Now.AddTicks(1)), CancellationToken.None));
    }

    [Fact]
    public async Task RemoveOlderThan_RemovesWhatWasDueBefore_OfAllSchedules()
    {
        var (one, other) = (Guid.CreateVersion7(Now), Guid.CreateVersion7(Now));
        for (var i = 0; i < 150; i++)
            await Runs.AddAsync(Run(one, Now.AddMinutes(-i)), CancellationToken.None);
        await Runs.AddAsync(Run(other, Now.AddDays(-1)) with { ByHand = true }, CancellationToken.None);
        await Runs.AddAsync(Run(one, Now) with { ByHand = true }, CancellationToken.None);

        var removed = await Runs.SweepOlderThanAsync(Now, SweepAction.Remove, CancellationToken.None);

        Assert.Equal(150, removed);
        Assert.Equal(
            [Now, Now], (await Runs.ListAsync(one, 1000, continuationToken: null, CancellationToken.None)).Runs.Select(run => run.DueAt));
        Assert.Empty((await Runs.ListAsync(other, 1000, continuationToken: null, CancellationToken.None)).Runs);
        Assert.Equal(0, await Runs.SweepOlderThanAsync(Now, SweepAction.Remove, CancellationToken.None));
    }

    [Fact]
    public async Task ActiveJobs_SayWhenTheyWereListed_AndStayWhenTheyAreListedAnew()
    {
        var jobs = new TableExportJobStore(_account, Filters, TimeProvider.System);
        var table = _account.Tables.GetTableClient(StorageNames.ActiveTable);
        var id = Guid.CreateVersion7(Now.AddYears(-1));
        await table.UpsertEntityAsync(new TableEntity("active", id.ToString("N")), TableUpdateMode.Replace);
        var listed = Assert.Single(await ActiveAsync(jobs));
        await table.UpsertEntityAsync(new TableEntity("active", id.ToString("N")), TableUpdateMode.Replace);

        await jobs.RemoveActiveAsync(listed, CancellationToken.None);

        var anew = Assert.Single(await ActiveAsync(jobs));
        Assert.True(anew.ListedAt > Now && anew.JobId == id && anew.ETag != default && anew.ETag != ETag.All);
        await jobs.RemoveActiveAsync(anew, CancellationToken.None);
        await jobs.RemoveActiveAsync(anew, CancellationToken.None);
        Assert.Empty(await ActiveAsync(jobs));
    }

    private static async Task<List<ActiveEntry>> ActiveAsync(TableExportJobStore jobs)
    {
        var active = new List<ActiveEntry>();
        await foreach (var entry in jobs.ListActiveAsync(CancellationToken.None))
            active.Add(entry);
        return active;
    }

    private async Task<List<DueEntry>> DueAsync(DateTimeOffset now)
    {
        var due = new List<DueEntry>();
        await foreach (var entry in Schedules.ListDueAsync(now, CancellationToken.None))
            due.Add(entry);
        return due;
    }

    private async Task<List<Guid>> OpenAsync()
    {
        var open = new List<Guid>();
        await foreach (var id in Schedules.ListOpenAsync(CancellationToken.None))
            open.Add(id);
        return open;
    }

    private static ScheduleRun Run(Guid scheduleId, DateTimeOffset dueAt) => new()
    {
        ScheduleId = scheduleId,
        DueAt = dueAt,
        StartedAt = dueAt.AddSeconds(1),
        Outcome = ScheduleRunOutcome.Started,
        JobId = scheduleId,
    };

    private static string LargeRequest(int first) =>
        $$"""{"dataset":"students","filter":{"column":"id","op":"in","value":[{{string.Join(',', Enumerable.Range(first, 50_000))}}]},"limit":5}""";

    private async Task<List<KeptFilter>> FiltersAsync()
    {
        var filters = new List<KeptFilter>();
        await foreach (var filter in Filters.ListBeforeAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken))
            filters.Add(filter);
        return filters;
    }

    private static Schedule Filled()
    {
        var id = Guid.CreateVersion7(Now);
        return new Schedule
        {
            Id = id,
            Name = "Every night",
            State = ScheduleState.Suspended,
            Timing = new ScheduleTiming
            {
                Frequency = ScheduleFrequency.Weekly,
                Weekday = DayOfWeek.Sunday,
                Time = new TimeOnly(3, 30),
                TimeZone = "Europe/Athens",
            },
            Dataset = "students",
            Format = "csv",
            RequestJson = $$"""{"dataset":"students","fileName":"{{new string('μ', 40_000)}}"}""",
            Misfire = MisfirePolicy.CatchUp,
            MaxCatchUpRuns = 7,
            AllowOverlap = true,
            StartsAt = Now.AddDays(-1),
            EndsAt = Now.AddDays(100),
            Notify = ["registrar@example.org", "dean@example.org"],
            SuspendAfter = 3,
            FailuresInARow = 2,
            SuspendedBecause = "3 runs in a row failed.",
            NextDue = Now.AddTicks(5_000_001),
            NextDueWall = new DateTime(2026, 9, 1, 11, 0, 0),
            ZoneRules = "rules",
            LastDue = Now.AddHours(-1),
            CatchUpsLeft = 3,
            OpenRuns =
            [
                Run(id, Now),
                Run(id, Now) with
                {
                    Outcome = ScheduleRunOutcome.SkippedMissed,
                    JobId = null,
                    Missed = 3,
                    Reason = "Missed.",
                    FinishedAt = Now,
                }
            ],
            CreatedAt = Now.AddDays(-2),
            UpdatedAt = Now.AddDays(-1),
        };
    }
}
