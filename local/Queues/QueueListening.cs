using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>
/// Keeps a queue's job host running: one whose listener has ended makes way for another, as on Azure, and may finish what it has begun. No
/// request waits for the first one.
/// </summary>
/// <param name="queue">The queue's name.</param>
/// <param name="fresh">Ends when there may be a first message of this host's own.</param>
/// <param name="make">Makes a job host.</param>
/// <param name="drain">The host's stopping.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class QueueListening(string queue, Task fresh, Func<QueueJobHost> make, Drain drain, TimeProvider timeProvider, ILogger logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The engine takes a third of a second of processor time to start, which the first request is not to wait for.
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(1);

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
                Log.BeginsAnew(logger, await ListenAsync(), queue);
                _ending.RemoveAll(static ending => ending.IsCompletedSuccessfully);
                await Task.Delay(Pause, timeProvider, drain.Stopping);
            }
        }
        catch (OperationCanceledException) when (drain.Stopping.IsCancellationRequested)
        {
            // The host stops.
        }

        await Task.WhenAll(_ending);
    }

    /// <summary>Listens until that fails, and says why it did.</summary>
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
        [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} could not be listened to; its listener begins anew.")]
        public static partial void BeginsAnew(ILogger logger, Exception exception, string queue);
    }
}
