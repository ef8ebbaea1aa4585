using ExportFunctions.Datasets;
using ExportFunctions.Outages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Hosts;

/// <summary>
/// Announces to the other hosts of the storage account that this host is alive and what it serves, from before its first message until it
/// stops. Also logs a warning, once per host, about hosts with different datasets: they share the queues but leave each other's jobs alone.
/// </summary>
internal sealed partial class HostPresence(
    IHostStore store,
    HostDirectory directory,
    DatasetCatalog datasets,
    IOptions<ExportOptions> options,
    TimeProvider time,
    ILogger<HostPresence> logger)
    : IHostedLifecycleService, IDisposable
{
    private const int MaxNamed = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<(string Host, string Catalog)> _warned = [];
    private readonly string _id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
    private Task _beating = Task.CompletedTask;
    private volatile IReadOnlyList<string> _otherFiles = [];

    /// <summary>The datasets files of live hosts that serve something different from this one.</summary>
    public IReadOnlyList<string> OtherFiles => _otherFiles;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // A host that runs only its own exports takes nothing from the queues: others must not pass work on to it.
        if (options.Value.RunsOwnOnly)
            return;

        var served = ServedDatasets.Of(datasets);
        await BeatOnceAsync(served, cancellationToken);
        _beating = BeatAsync(served);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _beating;
        if (options.Value.RunsOwnOnly)
            return;

        using var limit = new CancellationTokenSource(LastWords, time);
        try
        {
            await store.PutAsync(Registration(ServedDatasets.Of(datasets), hasStopped: true), ServedDatasets.Of(datasets), limit.Token);
        }
        catch (Exception exception)
        {
            // The only effect is that others consider it gone a little later.
            Log.NotSaid(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task BeatAsync(ServedDatasets served)
    {
        while (true)
        {
            await Task.Delay(Interval, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopping.IsCancellationRequested)
                return;

            await BeatOnceAsync(served, _stopping.Token);
        }
    }

    private async Task BeatOnceAsync(ServedDatasets served, CancellationToken cancellationToken)
    {
        try
        {
            await store.PutAsync(Registration(served, hasStopped: false), served, cancellationToken);
            directory.Invalidate();
            await CompareAsync(served, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.NotSaid(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host is stopping and announces it.
        }
    }

    private HostRegistration Registration(ServedDatasets served, bool hasStopped) =>
        new() { Id = _id, Host = options.Value.HostName, File = datasets.File, Catalog = served.Hash, HasStopped = hasStopped };

    private async Task CompareAsync(ServedDatasets served, CancellationToken cancellationToken)
    {
        var others = (await directory.LivingAsync(cancellationToken)).Where(host => host.Id != _id && host.Catalog != served.Hash).ToList();
        _otherFiles = [.. others.Select(host => host.File).Distinct(StringComparer.Ordinal)];
        foreach (var other in others.Where(other => _warned.Add((other.Host, other.Catalog))))
        {
            var differing = served.DifferencesTo(await directory.ServedByAsync(other, cancellationToken));
            var names = string.Join(", ", differing.Take(MaxNamed)) + (differing.Count > MaxNamed ? ", …" : "");
            Log.Differs(logger, other.Host, other.File, options.Value.HostName, datasets.File, names, options.Value.ForeignJobTimeout);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "The host {OtherHost} on this storage account serves another datasets file, {OtherFile}; "
            + "this host, {Host}, serves {File}. They differ in {Datasets}. "
            + "Each export is left to a host that serves what it was checked against, and fails when none has been there for {Timeout}. "
            + "Give all hosts the same datasets file (Exports:DatasetsFile), or each its own storage account (AzureWebJobsStorage).")]
        public static partial void Differs(
            ILogger logger, string otherHost, string otherFile, string host, string file, string datasets, TimeSpan timeout);

        [LoggerMessage(EventId = 2,
            Message = "The other hosts could not be told that this one is there, or not be looked up; it is tried again.")]
        public static partial void NotSaid(ILogger logger, LogLevel level, Exception exception);
    }
}
