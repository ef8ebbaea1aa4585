using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Notifications.Webhooks;

namespace ExportFunctions.Tests.Integration.Chaos;

/// <summary>What a round leaves: waits until nothing happens any more, and checks that everything is as it should be.</summary>
internal sealed partial class ChaosOutcome(
    ChaosStorage storage, FaultyStorage faulty, ChaosHosts hosts, IReadOnlyList<ChaosOrder> orders, LoopbackReceiver receiver)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Deliveries that had not ended when the last export had.</summary>
    public int LateDeliveries { get; private set; }

    /// <summary>Waits until all exports have ended, in the time that everybody has.</summary>
    public async Task WaitForExportsAsync()
    {
        await WaitAsync(OpenExportsAsync);
        LateDeliveries = (await PendingAsync()).Count;
    }

    /// <summary>Waits until what is left has ended too, once an hour has passed.</summary>
    public Task WaitForTheRestAsync() =>
        WaitAsync(async () => await OpenExportsAsync() is { Length: > 0 } open ? open : await OpenRestAsync());

    /// <summary>Runs the cleanup, which finds nothing to do.</summary>
    public async Task CleanUpAsync()
    {
        var path = new Uri("/api/v1/maintenance/cleanup", UriKind.Relative);
        var (status, run) = await hosts.AskAsync((host, cancel) => host.Client.Http.PostAsync(path, content: null, cancel));
        Assert.True(status == HttpStatusCode.Accepted, $"{status} {run}");

        await WaitAsync(async () =>
        {
            run = await hosts.GetAsync($"/api/v1/maintenance/runs/{run!["id"]}");
            return run["status"]!.GetValue<string>() is "queued" or "running" ? run.ToJsonString() : "";
        });
        Assert.True(run!["status"]!.GetValue<string>() == "succeeded", run.ToJsonString());
        Assert.True(run["counts"]!.AsObject().All(count => count.Value!.ToJsonString() == "0"), run.ToJsonString());
    }

    private async Task WaitAsync(Func<Task<string>> findOpen)
    {
        for (var waited = Stopwatch.StartNew(); await findOpen() is { Length: > 0 } open; await Task.Delay(300, Cancel))
            Assert.True(waited.Elapsed < Patience, $"Stuck: {open}\n{hosts.Output}");
    }

    /// <summary>What there is of exports that have not ended; empty when all have.</summary>
    private async Task<string> OpenExportsAsync()
    {
        if (faulty.IsCommitting)
            return "a slow commit";

        foreach (var order in orders.Where(order => !order.IsDeleted))
        {
            var job = await hosts.GetAsync($"/api/v1/exports/{order.Id}");
            if (ExportClient.StatusOf(job) is "queued" or "running")
                return $"{order}: {job}";
        }

        return await OpenRowsAsync(StorageNames.ActiveTable, StorageNames.SlicesTable);
    }

    private async Task<string> OpenRestAsync()
    {
        foreach (var name in StorageNames.Queues)
        {
            if ((await new QueueClient(storage.ConnectionString, name).PeekMessagesAsync(1, Cancel)).Value is [var message, ..])
                return $"queue {name}: {message.Body}";
        }

        return await PendingAsync() is { Count: > 0 } pending ? pending.ToJsonString() : await OpenRowsAsync(StorageNames.LateFilesTable);
    }

    private async Task<JsonArray> PendingAsync() => (await hosts.GetAsync("/api/v1/deliveries?state=pending"))["items"]!.AsArray();

    private async Task<string> OpenRowsAsync(params string[] names)
    {
        var tables = new TableServiceClient(storage.ConnectionString);
        foreach (var name in names)
        {
            await foreach (var row in tables.GetTableClient(name).QueryAsync<TableEntity>(cancellationToken: Cancel))
                return $"{name}: {row.PartitionKey} {row.RowKey}";
        }

        return "";
    }

    private async Task<List<string>> BlobsAsync(string container)
    {
        var names = new List<string>();
        var blobs = new BlobServiceClient(storage.ConnectionString).GetBlobContainerClient(container);
        await foreach (var blob in blobs.GetBlobsAsync(cancellationToken: Cancel))
            names.Add(blob.Name);
        return names;
    }
}
