using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Azure;
using Azure.Core;
using Azure.Storage.Queues;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Notifications.Webhooks;

namespace ExportFunctions.Tests.Integration.Chaos;

/// <summary>What was asked for, and what became of it.</summary>
internal sealed record ChaosOrder(string Dataset, string Format, int Offset, int Limit)
{
    public string Id { get; set; } = "";

    public bool IsCanceled { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>How it is to end, unless it is deleted.</summary>
    public string Ending => IsCanceled ? "canceled" : Dataset == ChaosSources.Broken ? "failed" : "succeeded";
}

/// <summary>One round: exports are asked for, canceled and deleted while everything fails that can; then nothing fails any more.</summary>
internal sealed class ChaosRound(
    int seed, ChaosSources sources, ChaosStorage storage, FaultyStorage faulty, ChaosHosts hosts, LoopbackReceiver receiver)
{
    private const int Steps = 20;
    private const int MaxKills = 4;
    private const int MaxOutages = 2;

    private readonly Random _random = new(seed);
    private readonly List<Task> _running = [];
    private Task _outage = Task.CompletedTask;
    private Task _restart = Task.CompletedTask;
    private int _outages;
    private int _restarts;
    private int _duplicates;

    public List<ChaosOrder> Orders { get; } = [];

    public string Figures => string.Create(
        CultureInfo.InvariantCulture,
        $"{hosts.Kills} kills, {_outages} storage outages, {_restarts} database restarts, {faulty.Count.Faults} faults in "
            + $"{faulty.Count.Calls} calls, {faulty.SlowCommits} slow commits, {_duplicates} duplicates, {Orders.Count} exports, "
            + $"{Orders.Count(order => order.IsCanceled)} canceled, {Orders.Count(order => order.IsDeleted)} deleted");

    public async Task RunAsync()
    {
        var (status, body) = await hosts.AskAsync((host, cancel) =>
            host.Client.Http.PostAsJsonAsync("/api/v1/webhooks", new { name = "All", url = receiver.Url.AbsoluteUri }, cancel));
        Assert.True(status == HttpStatusCode.Created, $"{status} {body}");

        faulty.IsFaulty = true;
        var waiting = new Queue<ChaosOrder>(Draw());
        for (var step = 0; step < Steps; step++)
        {
            if (waiting.Count > 0)
                await SubmitAsync(waiting.Dequeue());
            await DisturbAsync();
            await DuplicateAsync();
            await Task.Delay(_random.Next(100, 700), TestContext.Current.CancellationToken);
        }

        (faulty.IsFaulty, faulty.CommitDelay) = (false, TimeSpan.Zero);
        await Task.WhenAll([_outage, _restart, .. _running]);
    }

    private IEnumerable<ChaosOrder> Draw()
    {
        yield return new ChaosOrder(ChaosSources.Broken, "csv", 0, 10);
        foreach (var dataset in ChaosSources.Datasets)
        {
            foreach (var format in new[] { "csv", "excel", "pdf" })
            {
                var limit = _random.Next(3) switch
                {
                    0 => _random.Next(1, 100),
                    1 => _random.Next(500, 3_000),
                    _ => _random.Next(5_000, 9_000),
                };
                yield return new ChaosOrder(dataset, format, _random.Next(ChaosSources.Rows - limit), limit);
            }
        }
    }

    private async Task SubmitAsync(ChaosOrder order)
    {
        Orders.Add(order);
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"dataset":"{{order.Dataset}}","format":"{{order.Format}}","offset":{{order.Offset}},"limit":{{order.Limit}},
             "retry":{"count":10,"delay":"00:00:01"} }
            """);
        var key = string.Create(CultureInfo.InvariantCulture, $"chaos-{seed}-{Orders.Count}");
        var (status, answer) = await hosts.AskAsync((host, _) => host.Client.PostAsync(body, idempotencyKey: key));
        Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{status} {answer}");
        order.Id = answer!["id"]!.GetValue<string>();
    }

    private async Task DisturbAsync()
    {
        switch (_random.Next(10))
        {
            case 0 or 1 when hosts.Kills < MaxKills:
                _running.Add(hosts.KillAsync(_random.Next(ChaosHosts.Count)));
                break;

            case 2 when _outages < MaxOutages && _outage.IsCompleted:
                _outages++;
                _outage = RestartStorageAsync(TimeSpan.FromMilliseconds(_random.Next(1_000, 3_000)));
                break;

            case 3 when _restarts < MaxOutages && _restart.IsCompleted:
                _restarts++;
                _restart = sources.RestartDatabaseAsync();
                break;

            case 4 or 5:
                faulty.CommitDelay = faulty.CommitDelay == TimeSpan.Zero ? TimeSpan.FromSeconds(2) : TimeSpan.Zero;
                break;

            case 6 or 7 when Pick() is { } order:
                await CancelAsync(order);
                break;

            case 8 when Pick() is { } order:
                await DeleteAsync(order);
                break;
        }
    }

    private async Task RestartStorageAsync(TimeSpan down)
    {
        // What was answered before is saved; what is not is answered by nobody.
        faulty.IsAway = true;
        await storage.RestartAsync(down);
        faulty.IsAway = false;
    }

    private ChaosOrder? Pick() =>
        Orders.Where(order => !order.IsDeleted && order.Dataset != ChaosSources.Broken).ToArray() is { Length: > 0 } orders
            ? orders[_random.Next(orders.Length)]
            : null;

    private async Task CancelAsync(ChaosOrder order)
    {
        var path = new Uri($"/api/v1/exports/{order.Id}/cancel", UriKind.Relative);
        var (status, body) = await hosts.AskAsync((host, cancel) => host.Client.Http.PostAsync(path, content: null, cancel));
        Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.Conflict, $"{status} {body}");
        order.IsCanceled |= status == HttpStatusCode.Accepted;
    }

    // Not found: it was deleted by a call whose answer was lost.
    private async Task DeleteAsync(ChaosOrder order)
    {
        var path = new Uri($"/api/v1/exports/{order.Id}", UriKind.Relative);
        var (status, body) = await hosts.AskAsync((host, cancel) => host.Client.Http.DeleteAsync(path, cancel));
        Assert.True(status is HttpStatusCode.NoContent or HttpStatusCode.NotFound, $"{status} {body}");
        order.IsDeleted = true;
    }

    /// <summary>Sends messages again that are in the queues, as queues that deliver at least once may.</summary>
    private async Task DuplicateAsync()
    {
        var options = new QueueClientOptions
        {
            Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(5), Mode = RetryMode.Fixed },
        };
        foreach (var name in new[] { StorageNames.ExportQueue, StorageNames.SliceQueue, StorageNames.WebhookQueue })
        {
            try
            {
                var queue = new QueueClient(storage.ConnectionString, name, options);
                foreach (var message in (await queue.PeekMessagesAsync(4)).Value)
                {
                    await queue.SendMessageAsync(message.Body);
                    _duplicates++;
                }
            }
            catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException)
            {
                // Storage is away.
            }
        }
    }
}
