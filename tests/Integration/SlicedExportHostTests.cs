using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Integration;

/// <summary>Large exports in slices, on hosts as processes and on storage as it is.</summary>
[Integration]
public sealed class SlicedExportHostTests(AzuriteFixture azurite, SchoolFixture school)
{
    private const int Grades = SchoolFixture.Students * 10;

    [Theory]
    [InlineData("csv", "{}")]
    [InlineData("csv", """{"compression":"gzip"}""")]
    [InlineData("jsonl", """{"nulls":"omit"}""")]
    [InlineData("jsonl", """{"compression":"gzip"}""")]
    public async Task File_IsTheSame_InSlicesAndInOnePiece(string format, string options)
    {
        var body =
            $$"""{"dataset":"grades","format":"{{format}}","options":{{options}},"filter":{"column":"grade","op":"ge","value":4} }""";
        await using var whole = await TestApp.StartAsync(Settings(azurite.NewAccount(), sliceRows: 1_000_000));
        await using var sliced = await TestApp.StartAsync(Settings(azurite.NewAccount(), sliceRows: 9_000));

        var expected = GzipReading.Plain(await whole.Client.DownloadAsync(await whole.Client.SubmitAsync(body)));
        var id = await sliced.Client.SubmitAsync(body);
        var actual = GzipReading.Plain(await sliced.Client.DownloadAsync(id));

        Assert.True(expected.AsSpan().SequenceEqual(actual));
        var job = await sliced.Client.GetAsync(id);
        var slices = job["file"]!["sliceBytes"]!.AsArray();
        Assert.InRange(slices.Count, 5, 20);
        Assert.Equal(job["file"]!["bytes"]!.GetValue<long>(), slices.Sum(bytes => bytes!.GetValue<long>()));
        Assert.EndsWith(
            FormattableString.Invariant($"-{slices.Count}"), job["file"]!["sha256"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(job["rowsExpected"]!.GetValue<long>(), job["rowsWritten"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("csv", true)]
    [InlineData("csv", false)]
    [InlineData("excel", true)]
    [InlineData("pdf", true)]
    public async Task Export_IsFinished_WhenOneOfTwoHostsIsKilledInTheMiddle(string format, bool killsFirst)
    {
        var storage = azurite.NewAccount();
        var settings = Settings(storage, sliceRows: 8_000);
        await using var first = await HostProcess.StartAsync(settings);
        await using var second = await HostProcess.StartAsync(settings);
        var (killed, left) = killsFirst ? (first, second) : (second, first);
        var id = await left.Client.SubmitAsync($$"""{"dataset":"slow","format":"{{format}}"}""");
        await left.Client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() is > 10_000 and < Grades);

        await killed.KillAsync();
        var file = await left.Client.DownloadAsync(id);

        Assert.Equal(Enumerable.Range(1, Grades), ExportedKeys.Of(format, file));
        var blobs = new BlobServiceClient(storage).GetBlobContainerClient(StorageNames.FilesContainer);
        Assert.Equal(2, blobs.GetBlobs(
            traits: BlobTraits.None, states: BlobStates.Uncommitted, prefix: null, cancellationToken: CancellationToken.None).Count());
    }

    [Fact]
    public async Task Cancel_ReachesEverySlice_AndLeavesNothing()
    {
        var storage = azurite.NewAccount();
        await using var app = await TestApp.StartAsync(Settings(storage, sliceRows: 8_000));
        var id = await app.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");
        await app.Client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > 0);

        using var cancel = await app.Http.PostAsync($"/api/v1/exports/{id}/cancel", content: null, TestContext.Current.CancellationToken);
        var job = await app.Client.WaitUntilFinalAsync(id);

        Assert.Equal("canceled", ExportClient.StatusOf(job));

        // A slice's worker hears of it with its next heartbeat, and takes along what it staged until then.
        var blobs = new BlobServiceClient(storage).GetBlobContainerClient(StorageNames.FilesContainer);
        for (var looks = 0; looks < 100 && blobs.GetBlobs(
            traits: BlobTraits.None,
            states: BlobStates.Uncommitted,
            prefix: null,
            cancellationToken: CancellationToken.None).Any(); looks++)
            await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Empty(blobs.GetBlobs(
            traits: BlobTraits.None, states: BlobStates.Uncommitted, prefix: null, cancellationToken: CancellationToken.None));
    }

    private Dictionary<string, string?> Settings(string storage, int sliceRows)
    {
        var settings = TestApp.Settings(storage, school.DatasetsFile);
        settings["Exports:SliceRows"] = sliceRows.ToString(CultureInfo.InvariantCulture);
        settings["Exports:LeaseDuration"] = "00:00:03";
        settings["Exports:SliceLeaseDuration"] = "00:00:03";
        settings["Exports:HeartbeatInterval"] = "00:00:00.2";

        // Small blocks: a killed slice has staged some.
        settings["Storage:BlockBytes"] = "65536";
        return settings;
    }
}
