using System.Diagnostics;
using ExportFunctions.Bench.EndToEnd;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Integration.Chaos;

namespace ExportFunctions.Bench.Scale;

/// <summary>One export on fresh hosts.</summary>
/// <param name="Sample">Its rows and time.</param>
/// <param name="Slices">The slices it was written in; 1 for a file in one piece.</param>
/// <param name="PeakMegabytes">The most memory of any host.</param>
/// <param name="ProcessorSeconds">The processor time of all hosts together, for the export alone.</param>
internal sealed record ScaleRun(Sample Sample, int Slices, double PeakMegabytes, double ProcessorSeconds)
{
    // So many of the rows, and so many rows at most, are exported through each host first, in the way of the setup: one that has held no
    // export, or was never asked how one is doing, compiles a second's worth of code when it is.
    private const double WarmUp = 0.3;
    private const int MaxWarmUp = 3_000_000;

    /// <summary>Runs it against the stage's storage.</summary>
    public static async Task<ScaleRun> MeasureAsync(
        ScaleSetup setup, AppStage stage, int rows, TimeSpan limit, CancellationToken cancellationToken) =>
        await RunAsync(setup, await stage.SettingsAsync("postgres", cancellationToken), rows, limit, cancellationToken);

    /// <summary>
    /// Runs it once more and counts the calls to each service of the storage account; the hosts' idle polling is among them.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountCallsAsync(
        ScaleSetup setup, AppStage stage, int rows, TimeSpan limit, CancellationToken cancellationToken)
    {
        var settings = await stage.SettingsAsync("postgres", cancellationToken);
        await using var storage = await FaultyStorage.StartAsync(settings["AzureWebJobsStorage"]!, seed: 0);
        storage.IsFaulty = false;
        settings["AzureWebJobsStorage"] = storage.ConnectionString;
        await RunAsync(setup, settings, rows, limit, cancellationToken, storage.ForgetCalls);
        return storage.CallsByService;
    }

    private static async Task<ScaleRun> RunAsync(
        ScaleSetup setup,
        Dictionary<string,
        string?> settings,
        int rows,
        TimeSpan limit,
        CancellationToken cancellationToken,
        Action? begin = null)
    {
        var hosts = new List<HostProcess>();
        try
        {
            // That of the Consumption plan. An export of any size has to do with it.
            settings["AzureFunctionsJobHost__functionTimeout"] = "00:05:00";
            if (!setup.IsSliced)
                settings["Exports:SliceRows"] = "100000000";
            for (var host = 0; host < setup.Hosts; host++)
                hosts.Add(await HostProcess.StartAsync(settings));

            var first = Math.Min((int)(rows * WarmUp), MaxWarmUp);
            foreach (var host in hosts)
                await ExportRun.RunAsync(
                    host.Client,
                    Request(setup, $$""","filter":{"column":"id","op":"le","value":{{first}}}"""),
                    first,
                    limit,
                    cancellationToken);
            begin?.Invoke();
            var before = hosts.Sum(host => host.ProcessorSeconds());
            var (sample, slices) = setup.IsKilled
                ? await KillAsync(setup, hosts, rows, limit, cancellationToken)
                : await ExportRun.RunSlicedAsync(hosts[0].Client, Request(setup, ""), rows, limit, cancellationToken);
            if (setup.IsKilled)
                hosts.RemoveAt(hosts.Count - 1);
            return new ScaleRun(
                sample,
                slices,
                hosts.Max(host => host.PeakMegabytes()),
                setup.IsKilled ? double.NaN : hosts.Sum(host => host.ProcessorSeconds()) - before);
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    private static async Task<(Sample Sample, int Slices)> KillAsync(
        ScaleSetup setup, List<HostProcess> hosts, int rows, TimeSpan limit, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var client = hosts[0].Client;
        var id = await client.SubmitAsync(Request(setup, ""));
        await client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > rows * 2L / 5);
        await hosts[^1].KillAsync();
        await hosts[^1].DisposeAsync();
        while (ExportClient.StatusOf(await client.GetAsync(id)) is "queued" or "running" && Stopwatch.GetElapsedTime(begun) < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);

        var elapsed = Stopwatch.GetElapsedTime(begun);
        var job = await client.GetAsync(id);
        if (ExportClient.StatusOf(job) != "succeeded")
            throw new SkippedException($"the export ended as {job.ToJsonString()}");

        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}");
        try
        {
            using (var redirect = await client.Http.GetAsync(
                new Uri(job["file"]!["url"]!.GetValue<string>(), UriKind.Relative), cancellationToken))
            await using (var file = File.Create(path))
            await using (var download = await client.Http.GetStreamAsync(redirect.Headers.Location, cancellationToken))
                await download.CopyToAsync(file, cancellationToken);

            await KeyCheck.RunAsync(setup.Format, path, rows);
        }
        finally
        {
            File.Delete(path);
        }

        using var deleted = await client.Http.DeleteAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative), cancellationToken);
        return (
            new Sample(rows, elapsed.TotalSeconds, job["file"]!["bytes"]!.GetValue<long>()),
            job["file"]!["sliceBytes"]?.AsArray().Count ?? 1);
    }

    private static string Request(ScaleSetup setup, string more) =>
        $$"""{"dataset":"students","format":"{{setup.Format}}","columns":[{{string.Join(',', StudentsSeed.Columns.Select(column => $"\"{column}\""))}}]{{more}}}""";
}
