using System.Collections.Concurrent;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Hosts;
using ExportFunctions.Outages;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Health;

/// <summary>Checks storage and every source, all in parallel, for a few seconds at most.</summary>
public sealed partial class HealthChecks
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // The endpoint requires no key: however often it is called, the sources are checked this often at most.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(3);

    private readonly StorageAccount _account;
    private readonly DatasetCatalog _datasets;
    private readonly IRowSource _rows;
    private readonly HostPresence _hosts;
    private readonly StorageClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger<HealthChecks> _logger;
    private readonly SharedResult<IReadOnlyList<HealthResult>> _results;
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    internal HealthChecks(
        StorageAccount account,
        DatasetCatalog datasets,
        IRowSource rows,
        HostPresence hosts,
        StorageClock clock,
        TimeProvider time,
        ILogger<HealthChecks> logger)
    {
        _account = account;
        _datasets = datasets;
        _rows = rows;
        _hosts = hosts;
        _clock = clock;
        _time = time;
        _logger = logger;
        _results = new SharedResult<IReadOnlyList<HealthResult>>(time, MaxAge, RunAllAsync);
    }

    /// <summary>
    /// Problems that exist although everything can be reached: other hosts of the storage account that serve different datasets, and a
    /// wrong clock.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. _hosts.OtherFiles.Select(file =>
            $"Another host on this storage account serves another datasets file ({file}; this one serves {_datasets.File}). "
            + "Exports are left to a host that serves what they were checked against."),
        .. _clock.Warning is { } warning ? [warning] : (string[])[],
    ];

    /// <summary>Runs the checks, once for all concurrent callers, or returns the results of a few seconds ago.</summary>
    /// <param name="cancellationToken">Cancels the wait, not the checks.</param>
    /// <returns>One result for storage and one for each source.</returns>
    public Task<IReadOnlyList<HealthResult>> RunAsync(CancellationToken cancellationToken) => _results.GetAsync(cancellationToken);

    private async Task<IReadOnlyList<HealthResult>> RunAllAsync()
    {
        var storage = CheckAsync("storage", CheckStorageAsync);
        var sources = _datasets.Sources.Select(source =>
            CheckAsync($"source {source.Name}", token => Task.Run(() => _rows.CheckAsync(source, token), token)));
        return await Task.WhenAll([storage, .. sources]);
    }

    private async Task CheckStorageAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            _account.Blobs.GetBlobContainerClient(StorageNames.FilesContainer).GetPropertiesAsync(cancellationToken: cancellationToken),
            _account.Queues.GetQueueClient(StorageNames.ExportQueue).GetPropertiesAsync(cancellationToken),
            _account.Tables.GetTableClient(StorageNames.JobsTable).GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>(
                "health", "health", cancellationToken: cancellationToken));
    }

    private async Task<HealthResult> CheckAsync(string name, Func<CancellationToken, Task> check)
    {
        using var timeout = new CancellationTokenSource(Timeout, _time);
        try
        {
            // A check that ignores its token must neither delay the response nor be started again while it runs.
            var running = _running.TryGetValue(name, out var last) && !last.IsCompleted ? last : check(timeout.Token);
            _running[name] = running;
            await running.WaitAsync(timeout.Token);
            return new HealthResult(name, Reason: null);
        }
        catch (ExportFailureException exception)
        {
            Log.Failed(_logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, name);
            return new HealthResult(name, exception.Failure.Reason);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new HealthResult(name, $"No answer within {Timeout.TotalSeconds:0} seconds.");
        }
        catch (Exception exception)
        {
            Log.Failed(_logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, name);
            return new HealthResult(name, "Can't be reached; the log has the details.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The health check of {Part} failed.")]
        public static partial void Failed(ILogger logger, LogLevel level, Exception exception, string part);
    }
}

/// <summary>The result of a check.</summary>
/// <param name="Name">The part.</param>
/// <param name="Reason">Why it can't be used, safe to show; null when it is healthy.</param>
public sealed record HealthResult(string Name, string? Reason);

/// <summary>Adds the health checks.</summary>
public static class HealthServices
{
    /// <summary>Adds the health checks.</summary>
    /// <param name="services">The service collection.</param>
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton(provider => new HealthChecks(
        provider.GetRequiredService<StorageAccount>(),
        provider.GetRequiredService<DatasetCatalog>(),
        provider.GetRequiredService<IRowSource>(),
        provider.GetRequiredService<HostPresence>(),
        provider.GetRequiredService<StorageClock>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<HealthChecks>>()));
}
