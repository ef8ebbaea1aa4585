using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ExportFunctions.Exports.Files;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Integration.Chaos;

internal sealed partial class ChaosOutcome
{
    private readonly Dictionary<string, JsonNode> _jobs = new(StringComparer.Ordinal);

    /// <summary>Calls to the receiver beyond one for each event.</summary>
    public int CallsTwice { get; private set; }

    /// <summary>Checks states, files, events and records.</summary>
    public async Task CheckAsync()
    {
        foreach (var order in orders.Where(order => !order.IsDeleted))
        {
            var job = await hosts.GetAsync($"/api/v1/exports/{order.Id}");
            _jobs.Add(order.Id, job);
            Assert.True(ExportClient.StatusOf(job) == order.Ending, $"{order}: {job}\n{hosts.Output}");
            if (ExportClient.StatusOf(job) == "succeeded")
                CheckFile(order, job, await hosts.DownloadAsync(order.Id));
        }

        await CheckBlobsAsync();
        CheckEvents();
        await CheckRecordsAsync();
    }

    /// <summary>A succeeded export has its file and its manifest, and there is nothing else.</summary>
    private async Task CheckBlobsAsync()
    {
        var names = await BlobsAsync(StorageNames.FilesContainer);
        var succeeded = Succeeded().Select(id => Guid.Parse(id).ToString("N")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(succeeded, names.Select(name => name[11..43]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(succeeded.Count, names.Count(name => name.EndsWith(".manifest.json", StringComparison.Ordinal)));
        Assert.Equal(2 * succeeded.Count, names.Count);
        Assert.Empty(await BlobsAsync(StorageNames.ArchiveContainer));
        Assert.Empty(await BlobsAsync(StorageNames.FiltersContainer));
    }

    private IEnumerable<string> Succeeded() => _jobs.Where(job => ExportClient.StatusOf(job.Value) == "succeeded").Select(job => job.Key);

    private static void CheckFile(ChaosOrder order, JsonNode job, byte[] bytes)
    {
        Assert.Equal(Enumerable.Range(order.Offset + 1, order.Limit), ExportedKeys.Of(order.Format, bytes));

        var sizes = job["file"]!["sliceBytes"]?.AsArray().Select(size => size!.GetValue<long>()).ToArray();
        var sha256 = job["file"]!["sha256"]!.GetValue<string>();
        if (sizes is null or [])
        {
            Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            return;
        }

        using var digest = new FileDigest(sizes);
        digest.Append(bytes);
        Assert.Equal(sha256, digest.Finish());
    }

    /// <summary>Every event is told under one id, by which a receiver knows a call that comes again since a host died meanwhile.</summary>
    private void CheckEvents()
    {
        var calls = receiver.Calls.Select(call => (Id: call.Headers["webhook-id"], Body: JsonNode.Parse(call.Body)!)).ToList();
        var events = calls.DistinctBy(call => call.Id, StringComparer.Ordinal).Select(call => (
            Type: call.Body["type"]!.GetValue<string>(),
            Export: call.Body["data"]!["exportId"]!.GetValue<string>())).ToList();
        CallsTwice = calls.Count - events.Count;

        Assert.Equal(events.Distinct().Order(), events.Order());
        Assert.Equal(
            _jobs.Select(job => (Status: ExportClient.StatusOf(job.Value), job.Key)).Where(job => job.Status != "canceled")
                .Select(job => ($"export.{job.Status}", job.Key)).Order(),
            events.Where(told => _jobs.ContainsKey(told.Export)).Order());
    }

    /// <summary>Every attempt has one record, the last with the export's outcome: attempt 0 when it was canceled while it waited.</summary>
    private async Task CheckRecordsAsync()
    {
        var records = (await hosts.GetAsync("/api/v1/metrics?pageSize=500"))["items"]!.AsArray().Select(record => (
            Export: record!["exportId"]!.GetValue<string>(),
            Attempt: record["attempt"]!.GetValue<int>(),
            Outcome: record["outcome"]!.GetValue<string>())).ToList();
        foreach (var (id, job) in _jobs)
        {
            var own = records.Where(record => record.Export == id).OrderBy(record => record.Attempt).ToList();
            var attempts = Enumerable.Range(1, job["attempt"]!.GetValue<int>());
            var last = own.FirstOrDefault(record => record.Attempt == 0, own.LastOrDefault());
            var what = $"{string.Join(' ', own)}: {job}\n{hosts.Output}";
            Assert.True(own.Where(record => record.Attempt > 0).Select(record => record.Attempt).SequenceEqual(attempts), what);
            Assert.True(last.Outcome == ExportClient.StatusOf(job) && own.Count(record => record.Outcome == "canceled") < 2, what);
        }

        Assert.Equal(records.Select(record => (record.Export, record.Attempt)).Distinct().Count(), records.Count);
    }
}
