using ExportFunctions.Local.Hosting;
using ExportFunctions.Outages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>
/// Keeps a queue's job host running: one whose listener has ended is replaced by another, as on Azure, and may finish what it has started.
/// No request waits for the first one.
/// </summary>
/// <param name="queue">The queue's name.</param>
/// <param name="fresh">Completes when this host may have queued its first message.</param>
/// <param name="make">Creates a job host.</param>
/// <param name="failed">Receives the reason why a job host has ended.</param>
/// <param name="drain">Signals the host's stop.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class QueueListening(
    string queue, Task fresh, Func<QueueJobHost> make, Action<Exception> failed, Drain drain, TimeProvider timeProvider, ILogger logger)
    : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The engine takes a third of a second of CPU time to start, which the first request must not wait for.
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(1);

    // Time for canceled functions to write their state, and for their messages.
    private static readonly TimeSpan LastCalls = TimeSpan.FromSeconds(3);

    private readonly List<Task> _ending = [];
    private Task _run = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _run = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _run.WaitAsync(cancellationToken);

    private async Task RunAsync()
    {
        try
        {
            await Task.WhenAny(fresh, Task.Delay(HeadStart, timeProvider, drain.Stopping));
            drain.Stopping.ThrowIfCancellationRequested();
            while (true)
            {
                var exception = await ListenAsync();
                failed(exception);
                Log.BeginsAnew(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, queue);
                _ending.RemoveAll(static ending => ending.IsCompletedSuccessfully);
                await Task.Delay(Pause, timeProvider, drain.Stopping);
            }
        }
        catch (OperationCanceledException) when (drain.Stopping.IsCancellationRequested)
        {
            // The host stops.
        }

        await EndAsync();
    }

    /// <summary>Waits for running functions, but after that not for storage: a hanging call to it can't be canceled from here.</summary>
    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        await using var canceled = drain.Canceled.Register(() => limit.CancelAfter(LastCalls));
        await Task.WhenAll(_ending).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Listens until that fails, and reports why it did.</summary>
    private async Task<Exception> ListenAsync()
    {
        QueueJobHost? jobs = null;
        try
        {
            jobs = make();
            await jobs.StartAsync();
            return await jobs.Fault.WaitAsync(drain.Stopping);
        }
        catch (Exception exception) when (!drain.Stopping.IsCancellationRequested)
        {
            return exception;
        }
        finally
        {
            if (jobs is not null)
                _ending.Add(jobs.DisposeAsync().AsTask());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Message = "Queue {Queue} could not be listened to; its listener begins anew.")]
        public static partial void BeginsAnew(ILogger logger, LogLevel level, Exception exception, string queue);
    }
}
