using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Storage;
using MiniExcelLibs;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Integration;

/// <summary>Hosts as processes that are killed in mid-export: another host finishes the job, with one correct file.</summary>
[Integration]
public sealed class KilledHostTests(AzuriteFixture azurite, SchoolFixture school)
{
    private const int Grades = SchoolFixture.Students * 10;

    [Theory]
    [InlineData("csv")]
    [InlineData("excel")]
    [InlineData("pdf")]
    public async Task Job_IsFinishedByAnotherHost_WhenItsWorkerIsKilled(string format)
    {
        var storage = azurite.NewAccount();
        var settings = Settings(storage);
        await using var first = await HostProcess.StartAsync(settings);
        var id = await first.Client.SubmitAsync($$"""{"dataset":"slow","format":"{{format}}","options":{{OptionsOf(format)}} }""");
        await first.Client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > 0);

        await first.KillAsync();
        await using var second = await HostProcess.StartAsync(settings);
        var file = await second.Client.DownloadAsync(id);

        var job = await second.Client.GetAsync(id);
        Assert.Equal((2, Grades), (job["attempt"]!.GetValue<int>(), job["rowsWritten"]!.GetValue<int>()));
        Assert.Equal(Grades, CountRows(format, file));
        var blobs = new BlobServiceClient(storage).GetBlobContainerClient(
            StorageNames.FilesContainer).GetBlobs().Select(blob => Path.GetFileName(blob.Name)).ToList();
        Assert.Equal(2, blobs.Count);
        Assert.Contains(blobs, name => name.EndsWith(".manifest.json", StringComparison.Ordinal));
        Assert.Equal([(id, 1, "lost"), (id, 2, "succeeded")], await RecordsAsync(second, 2));
    }

    [Fact]
    public async Task Job_IsSentAgainWithinALease_WhenItsHostDiedBeforeTheClaim()
    {
        var storage = azurite.NewAccount();
        string id;
        await using (var asked = await TestApp.StartAsync(Settings(storage), function => function is HttpFunction))
            id = await asked.Client.SubmitAsync("""{"dataset":"students","format":"csv","limit":10}""");
        var taken = await new QueueClient(storage, StorageNames.ExportQueue)
            .ReceiveMessageAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);

        await using var app = await TestApp.StartAsync(Settings(storage));
        var job = await app.Client.WaitUntilFinalAsync(id);

        Assert.NotNull(taken.Value);
        Assert.Equal(
            ("succeeded", 1, 10), (ExportClient.StatusOf(job), job["attempt"]!.GetValue<int>(), job["rowsWritten"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Job_IsHandedBackAtOnce_WhenTheHostIsAskedToStop()
    {
        var settings = Settings(azurite.NewAccount());
        settings["LOCAL_SHUTDOWN_GRACE"] = "00:00:00";
        await using var first = await HostProcess.StartAsync(settings);
        var id = await first.Client.SubmitAsync("""{"dataset":"slow","format":"pdf"}""");
        await first.Client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > 0);

        var exitCode = await first.TerminateAsync();
        await using var second = await HostProcess.StartAsync(settings);
        var job = await second.Client.WaitUntilFinalAsync(id);

        Assert.Equal(0, exitCode);
        Assert.Equal(("succeeded", Grades), (ExportClient.StatusOf(job), job["rowsWritten"]!.GetValue<int>()));
    }

    [Fact]
    public async Task TwoHosts_ShareFiftyJobs_NoneLostAndNoneDoneTwice()
    {
        var storage = azurite.NewAccount();
        var settings = Settings(storage);
        await using var first = await HostProcess.StartAsync(settings);
        await using var second = await HostProcess.StartAsync(settings);

        var formats = new[] { "csv", "excel", "pdf" };
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            (i % 2 == 0 ? first : second).Client.SubmitAsync(
                $$"""{"dataset":"students","format":"{{formats[i % 3]}}","offset":{{i * 100}},"limit":100}""")));
        var jobs = await Task.WhenAll(ids.Select(first.Client.WaitUntilFinalAsync));

        Assert.All(jobs, job => Assert.Equal(
            ("succeeded", 1, 100), (ExportClient.StatusOf(job), job["attempt"]!.GetValue<int>(), job["rowsWritten"]!.GetValue<int>())));
        var blobs = new BlobServiceClient(storage).GetBlobContainerClient(StorageNames.FilesContainer).GetBlobs().Count();
        Assert.Equal(2 * 50, blobs);
        Assert.Equal(
            ids.Order(StringComparer.Ordinal).Select(id => (id, 1, "succeeded")),
            (await RecordsAsync(second, 50)).OrderBy(record => record.Id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Memory_StaysFlat_WhenAnExportHasTenTimesTheRows()
    {
        await using var host = await HostProcess.StartAsync(Settings(azurite.NewAccount()));
        foreach (var format in new[] { "csv", "excel", "pdf" })
            await host.Client.DownloadAsync(
                await host.Client.SubmitAsync($$"""{"dataset":"grades","format":"{{format}}","limit":10000}"""));
        var small = host.PeakMegabytes();

        foreach (var format in new[] { "csv", "excel", "pdf" })
            await host.Client.WaitUntilFinalAsync(await host.Client.SubmitAsync($$"""{"dataset":"grades","format":"{{format}}"}"""));
        var large = host.PeakMegabytes();

        Assert.True(large < small + 80, $"10,000 rows: {small:0} MB; 100,000 rows: {large:0} MB");
    }

    /// <summary>The records of attempts, once there are so many: the last one follows its job's final state by a moment.</summary>
    private static async Task<IReadOnlyList<(string Id, int Attempt, string Outcome)>> RecordsAsync(HostProcess host, int count)
    {
        for (var tries = 0; ; tries++)
        {
            var records = (await host.Client.Http.GetFromJsonAsync<JsonNode>("/api/v1/metrics?pageSize=500"))!["items"]!.AsArray();
            if (records.Count >= count || tries == 100)
                return [.. records.Select(record => (
                    record!["exportId"]!.GetValue<string>(), record["attempt"]!.GetValue<int>(), record["outcome"]!.GetValue<string>()))];

            await Task.Delay(50);
        }
    }

    private static string OptionsOf(string format) => format switch
    {
        "csv" => """{"profile":"raw"}""",
        _ => "{}",
    };

    private static int CountRows(string format, byte[] file) => format switch
    {
        "csv" =>
            Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Count(line => char.IsAsciiDigit(line[0])),
        "excel" => new MemoryStream(file).Query(useHeaderRow: true).Count(),
        _ => LastNumber(file),
    };

    /// <summary>The ID in the last row of a PDF: the rows are numbered from 1 and in order.</summary>
    private static int LastNumber(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        return document.GetPage(document.NumberOfPages).GetWords()
            .Select(word => int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Max();
    }

    private Dictionary<string, string?> Settings(string storage)
    {
        var settings = TestApp.Settings(storage, school.DatasetsFile);
        settings["Exports:LeaseDuration"] = "00:00:03";
        settings["Exports:HeartbeatInterval"] = "00:00:00.2";

        // Small blocks: a killed attempt has staged some.
        settings["Storage:BlockBytes"] = "262144";
        return settings;
    }
}
