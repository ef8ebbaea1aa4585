using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Monitoring.Recording;

[Integration]
public sealed class AttemptRecorderTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Hosts_RecordEachAttemptOnce_WhenManyAddAtATime()
    {
        var account = await AccountAsync();
        var files = new AppendBlobFiles(account);
        var hosts = Enumerable.Range(0, 6).Select(_ => Recorder(files, new MonitoringOptions())).ToList();

        await Parallel.ForEachAsync(hosts, async (host, _) =>
        {
            for (var round = 0; round < 5; round++)
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RecordAsync(host, RecordingTurn.First)));
        });

        var ids = (await ReadAsync(files, 1)).ConvertAll(record => record.ExportId);
        Assert.Equal((120, 120), (ids.Count, ids.Distinct().Count()));
    }

    [Fact]
    public async Task Hosts_RecordAnAttemptOnce_WhenSeveralRecordTheSameOne()
    {
        var files = new AppendBlobFiles(await AccountAsync());
        var first = Recorder(files, new MonitoringOptions());
        await RecordAsync(first, RecordingTurn.First);
        for (var round = 0; round < 10; round++)
        {
            var attempt = new UnrecordedAttempt(Attempt(), await first.MarkAsync(Now, CancellationToken.None));
            var others = Enumerable.Range(0, 3).Select(_ => Recorder(files, new MonitoringOptions())).ToList();

            await Task.WhenAll(
                [
                    first.RecordAsync([attempt], RecordingTurn.First, CancellationToken.None),
                    first.RecordAsync([attempt], RecordingTurn.Repeated, CancellationToken.None),
                    .. others.Select(other => other.RecordAsync([attempt], RecordingTurn.Repeated, CancellationToken.None)),
                ]);
        }

        Assert.Equal(11, (await ReadAsync(files, 1)).Count);
    }

    [Theory]
    [InlineData(long.MaxValue, 3)]
    [InlineData(1000, int.MaxValue)]
    public async Task Files_RollOver_AtTheirLimit(long maxBytes, int mostBlocks)
    {
        var files = new AppendBlobFiles(await AccountAsync());
        var options = new MonitoringOptions { MaxBytes = maxBytes, MaxBlocks = mostBlocks };
        var (one, two) = (Recorder(files, options), Recorder(files, options));
        var attempts = new List<UnrecordedAttempt>();
        for (var i = 0; i < 5; i++)
        {
            attempts.Add(await RecordAsync(one, RecordingTurn.First));
            attempts.Add(await RecordAsync(two, RecordingTurn.First));
        }

        // A third host finds every one of them, in whichever part it is.
        await Recorder(files, options).RecordAsync(attempts, RecordingTurn.Repeated, CancellationToken.None);

        var parts = new List<int>();
        for (var part = 1; await ReadAsync(files, part) is { Count: > 0 } records; part++)
            parts.Add(records.Count);
        Assert.Equal(10, parts.Sum());
        Assert.True(parts.Count >= 3, $"only {parts.Count} parts");
        Assert.Equal("2026/09/01-2.jsonl", RecordFiles.NameOf(new DateOnly(2026, 9, 1), 2));
    }

    [Fact]
    public async Task Recorder_AddsOnce_WhenTheAnswerToAnAdditionIsLost()
    {
        var files = new MemoryRecordFiles();
        var attempt = new UnrecordedAttempt(Attempt(), AttemptMark.DayStart);
        await Assert.ThrowsAsync<WorkerKilledException>(() =>
            Recorder(files.As(Fuse.After("TryAppendAsync")), new MonitoringOptions()).RecordAsync(
                [attempt], RecordingTurn.First, CancellationToken.None));

        await Recorder(files.As(Fuse.Never), new MonitoringOptions()).RecordAsync(
            [attempt], RecordingTurn.Repeated, CancellationToken.None);

        Assert.Single(files.Records);
    }

    [Fact]
    public async Task Recorder_LeavesOut_WhatIsOlderThanRecordsAreKept()
    {
        var files = new MemoryRecordFiles();
        var old = Attempt() with { EndedAt = Now.UtcDateTime.AddDays(-91) };

        await Recorder(files.As(Fuse.Never), new MonitoringOptions()).RecordAsync(
            [new UnrecordedAttempt(old, AttemptMark.DayStart)], RecordingTurn.Repeated, CancellationToken.None);

        Assert.Empty(files.Files);
    }

    [Fact]
    public async Task Recording_CanBeCancelled_AndTriedAgain()
    {
        var files = new MemoryRecordFiles();
        var recorder = Recorder(files.As(Fuse.Never), new MonitoringOptions());
        var attempt = new UnrecordedAttempt(Attempt(), AttemptMark.DayStart);
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recorder.RecordAsync([attempt], RecordingTurn.First, canceled.Token));
        await recorder.RecordAsync([attempt], RecordingTurn.Repeated, CancellationToken.None);

        Assert.Single(files.Records);
    }

    [Fact]
    public async Task Sweep_RemovesWholeDays_ThatAreNoLongerKept()
    {
        var account = await AccountAsync();
        var files = new AppendBlobFiles(account);
        foreach (var name in new[] { "2026/05/01.jsonl", "2026/05/01-2.jsonl", "2026/05/01.summary.json", "2026/08/31.jsonl" })
            await files.TryAppendAsync(name, "{}\n"u8.ToArray(), 0, CancellationToken.None);
        var retention = new MetricsRetention(
            account,
            new AlertStore(account),
            Microsoft.Extensions.Options.Options.Create(new MonitoringOptions { RetentionDays = 90 }),
            new FakeTimeProvider(Now),
            NullLogger<MetricsRetention>.Instance);

        var removed = await retention.SweepAsync(CancellationToken.None);
        var again = await retention.SweepAsync(CancellationToken.None);

        Assert.Equal((3, 0), (removed, again));
        Assert.NotNull(await files.FindEndAsync("2026/08/31.jsonl", CancellationToken.None));
    }

    private static AttemptRecorder Recorder(IRecordFiles files, MonitoringOptions options) =>
        new(files, [], Options.Create(options), new ShiftedTime(), NullLogger<AttemptRecorder>.Instance);

    private static AttemptRecord Attempt() => new()
    {
        ExportId = Guid.CreateVersion7(),
        Attempt = 1,
        Dataset = "students",
        Format = "csv",
        Outcome = AttemptOutcome.Succeeded,
        EndedAt = Now.UtcDateTime,
    };

    private static async Task<UnrecordedAttempt> RecordAsync(AttemptRecorder recorder, RecordingTurn turn)
    {
        var attempt = new UnrecordedAttempt(Attempt(), await recorder.MarkAsync(Now, CancellationToken.None));
        await recorder.RecordAsync([attempt], turn, CancellationToken.None);
        return attempt;
    }

    private static async Task<List<AttemptRecord>> ReadAsync(AppendBlobFiles files, int part)
    {
        var records = new List<AttemptRecord>();
        if (await files.OpenAsync(
            RecordFiles.NameOf(DateOnly.FromDateTime(Now.UtcDateTime), part), 0, null, CancellationToken.None) is not { } stream)
            return records;

        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { } line)
            records.Add(System.Text.Json.JsonSerializer.Deserialize(line, MonitoringJson.Default.AttemptRecord)!);
        return records;
    }

    private async Task<StorageAccount> AccountAsync()
    {
        var account = StorageAccount.Create(
            new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", azurite.NewAccount())]).Build());
        await new StorageSetup(
            account,
            new StorageClock(TimeProvider.System),
            TimeProvider.System,
            NullLogger<StorageSetup>.Instance).StartingAsync(CancellationToken.None);
        return account;
    }

    /// <summary>A clock that runs, on the day of the tests.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
