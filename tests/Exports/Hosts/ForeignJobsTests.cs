using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports.Hosts;

public sealed class ForeignJobsTests
{
    private readonly ExportsWorld _world = new();

    [Fact]
    public async Task Process_LeavesTheJobToOthers_WhenItWasCheckedAgainstAnotherSource()
    {
        var job = await _world.SubmitAsync();
        await _world.Hosts.PutAsync("home", Catalogs.World);
        BecomeHostOf(Catalogs.Elsewhere);

        for (var pass = 1; pass <= 8; pass++)
        {
            await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
            Assert.Equal((job.Id, pass), (Assert.Single(_world.Messages).JobId, Assert.Single(_world.Messages).Passed));
        }

        var left = _world.Jobs[job.Id];
        Assert.Equal((ExportStatus.Queued, 0, 0, 0), (left.Status, left.Attempt, left.FailedAttempts, left.Retries));
        Assert.Equal((0, "other.json"), (_world.Source.Opened, left.Waiting!.File));
        Assert.Contains("the dataset \"numbers\" of datasets.json", ExportResponse.Of(left).WaitingFor!.Message, StringComparison.Ordinal);

        _world.Requests = Catalogs.Reader(Catalogs.World);
        await _world.DeliverAsync();
        Assert.Equal((ExportStatus.Succeeded, 1, null), (
            _world.Jobs[job.Id].Status, _world.Jobs[job.Id].Attempt, _world.Jobs[job.Id].Waiting));
    }

    [Fact]
    public async Task Process_FailsTheJobWithAWord_WhenNobodyHasServedItForAWhile()
    {
        var job = await _world.SubmitAsync();
        BecomeHostOf(Catalogs.Elsewhere);

        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        _world.Time.Advance(_world.Options.ForeignJobTimeout - TimeSpan.FromSeconds(1));
        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        var before = _world.Jobs[job.Id].Status;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);

        var failed = _world.Jobs[job.Id];
        Assert.Equal((ExportStatus.Queued, ExportStatus.Failed, "dataset_not_served", FailureKind.Permanent), (
            before, failed.Status, failed.Error!.Code, failed.Error.Kind));
        Assert.Contains("the dataset \"numbers\" of datasets.json", failed.Error.Reason, StringComparison.Ordinal);
        Assert.Contains("serves other.json", failed.Error.Reason, StringComparison.Ordinal);
        Assert.Empty(_world.Messages);
        Assert.Empty(_world.Jobs.Active);
        Assert.Equal(0, _world.Source.Opened);
    }

    [Fact]
    public async Task Process_KeepsTheJob_WhileAHostThatServesItIsThere_HoweverBusyThatIs()
    {
        var job = await _world.SubmitAsync();
        BecomeHostOf(Catalogs.Elsewhere);

        for (var hour = 0; hour < 5; hour++)
        {
            await _world.Hosts.PutAsync("home", Catalogs.Edited);
            await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
            _world.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(ExportStatus.Queued, _world.Jobs[job.Id].Status);
    }

    [Fact]
    public async Task Process_CountsTheTime_FromWhenTheHostThatServesItWasSeenLast()
    {
        var job = await _world.SubmitAsync();
        BecomeHostOf(Catalogs.Elsewhere);
        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        _world.Time.Advance(_world.Options.ForeignJobTimeout * 2);
        await _world.Hosts.PutAsync("home", Catalogs.World, hasStopped: true);

        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        var before = _world.Jobs[job.Id].Status;
        _world.Time.Advance(_world.Options.ForeignJobTimeout);
        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);

        Assert.Equal((ExportStatus.Queued, ExportStatus.Failed), (before, _world.Jobs[job.Id].Status));
    }

    [Fact]
    public async Task Process_ServesTheSameSourceByTodaysDefinition_AndWithTheColumnsAskedFor_WhenTheFileWasEdited()
    {
        var job = await _world.SubmitAsync();
        BecomeHostOf(Catalogs.Edited);

        await _world.DeliverAsync();

        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[job.Id].Status);
        Assert.Equal(["n"], _world.Jobs[job.Id].AllColumns);
        Assert.Equal(ExportsWorld.FileOf(25), System.Text.Encoding.ASCII.GetString(_world.Files.Files[job.Id].Content));
    }

    [Fact]
    public async Task Process_LeavesTheJobToOthers_WhenAnotherFileDefinesTheDatasetOtherwiseOnTheSameSource()
    {
        var job = await _world.SubmitAsync();
        BecomeHostOf(Catalogs.Neighbour);

        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        var left = _world.Jobs[job.Id];
        _world.Time.Advance(_world.Options.ForeignJobTimeout);
        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);

        Assert.Equal((ExportStatus.Queued, "other.json", 0), (left.Status, left.Waiting!.File, _world.Source.Opened));
        Assert.Equal((ExportStatus.Failed, "dataset_not_served"), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Error!.Code));
    }

    [Fact]
    public async Task Process_FailsTheJobNamingTheColumn_WhenOneOfAllThatThereWereIsGone()
    {
        var job = await _world.SubmitAsync();
        BecomeHostOf(Catalogs.Emptied);

        await _world.DeliverAsync();

        Assert.Equal((ExportStatus.Failed, "request_outdated"), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Error!.Code));
        Assert.Contains("\"n\"", _world.Jobs[job.Id].Error!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_LeavesTheJobToAHostWithItsDefinition_WhileThatIsThere()
    {
        var job = await _world.SubmitAsync();
        await _world.Hosts.PutAsync("old", Catalogs.World);
        BecomeHostOf(Catalogs.Edited);

        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        var left = _world.Jobs[job.Id].Status;
        await _world.Hosts.PutAsync("old", Catalogs.World, hasStopped: true);
        _world.Time.Advance(TimeSpan.FromSeconds(3));
        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);

        Assert.Equal((ExportStatus.Queued, ExportStatus.Succeeded), (left, _world.Jobs[job.Id].Status));
    }

    [Fact]
    public async Task Process_CancelsTheJob_WhereverItsMessageIsMet()
    {
        var job = await _world.SubmitAsync();
        _world.Jobs.Change(job.Id, stored => stored with { CancelRequested = true });
        BecomeHostOf(Catalogs.Elsewhere);

        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);

        Assert.Equal(ExportStatus.Canceled, _world.Jobs[job.Id].Status);
    }

    [Fact]
    public async Task Sweep_SendsTheJobOfADeadWorkerOn_AndReadsNothing_WhenItIsAnothersJob()
    {
        var job = await _world.SubmitAsync();
        _world.Messages.Clear();
        _world.Jobs.Change(job.Id, stored =>
            stored with { Status = ExportStatus.Running, Attempt = 1, LeaseOwner = "dead", LeaseUntil = _world.Time.GetUtcNow() });
        await _world.Hosts.PutAsync("home", Catalogs.World);
        BecomeHostOf(Catalogs.Elsewhere);

        await _world.Stale().RequeueAsync(CancellationToken.None);
        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);

        Assert.Equal((ExportStatus.Queued, 1, 1), (
            _world.Jobs[job.Id].Status, _world.Jobs[job.Id].Attempt, _world.Jobs[job.Id].FailedAttempts));
        Assert.Equal(0, _world.Source.Opened);
        Assert.Single(_world.Messages);
    }

    [Fact]
    public async Task Process_LeavesARetryToOthers_WhenItIsAnothersJob()
    {
        _world.Source = new CountingSource(25) { FailAt = _ => ExportFailureException.Transient("source_unavailable", "Away.") };
        var job = await _world.SubmitAsync();
        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        _world.Source = new CountingSource(25);
        await _world.Hosts.PutAsync("home", Catalogs.World);
        BecomeHostOf(Catalogs.Elsewhere);

        await _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);

        Assert.Equal((ExportStatus.Queued, 1, 0), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Retries, _world.Source.Opened));
    }

    [Fact]
    public async Task Process_RunsAJobOfAnEarlierVersion_ThatSaysNothingOfWhatItWasCheckedAgainst()
    {
        var job = await _world.SubmitAsync();
        _world.Jobs.Change(job.Id, stored => stored with { CheckedAgainst = null });
        BecomeHostOf(Catalogs.Elsewhere);

        await _world.DeliverAsync();

        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[job.Id].Status);
    }

    [Fact]
    public async Task Submit_TakesTheSameKeyForAnotherRequest_OnAHostWithAnotherSource()
    {
        var job = await _world.SubmitAsync("key");
        var repeated = await _world.SubmitAsync("key");
        var elsewhere = Read(Catalogs.Elsewhere);
        var edited = Read(Catalogs.Edited);

        var other = await _world.Submission().SubmitAsync(elsewhere, "key", default, CancellationToken.None);
        var afterEdit = await _world.Submission().SubmitAsync(edited, "key", default, CancellationToken.None);

        Assert.Equal((job.Id, null, job.Id), (repeated.Id, other?.Id, afterEdit?.Id));
    }

    private static ExportFunctions.Exports.Requests.ExportRequest Read(ExportFunctions.Datasets.DatasetCatalog catalog)
    {
        using var body = System.Text.Json.JsonDocument.Parse("""{"dataset":"numbers"}""");
        var errors = new ExportFunctions.Problems.FieldErrors();
        return Catalogs.Reader(
            catalog).Read(body.RootElement, formatParameter: null, ExportFunctions.Exports.Requests.RequestNames.Standard, errors)!;
    }

    private void BecomeHostOf(ExportFunctions.Datasets.DatasetCatalog catalog) => _world.Requests = Catalogs.Reader(catalog);
}
