using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>Keeps a queue's job host running: one whose listener has ended makes way for another, as on Azure, and may finish what it has begun.</summary>
/// <param name="queue">The queue's name.</param>
/// <param name="make">Makes a job host.</param>
/// <param name="drain">The host's stopping.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class QueueListening(string queue, Func<QueueJobHost> make, Drain drain, TimeProvider timeProvider, ILogger logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly List<Task> _ending = [];
    private Task _run = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var jobs = make();
        await jobs.StartAsync(cancellationToken);
        _run = RunAsync(jobs);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _run.WaitAsync(cancellationToken);

    private async Task RunAsync(QueueJobHost jobs)
    {
        try
        {
            while (true)
            {
                var fault = await jobs.Fault.WaitAsync(drain.Stopping);
                Log.BeginsAnew(logger, fault, queue);
                _ending.Add(EndAsync(jobs));
                await Task.Delay(Pause, timeProvider, drain.Stopping);
                jobs = make();
                await jobs.StartAsync(drain.Stopping);
            }
        }
        catch (OperationCanceledException) when (drain.Stopping.IsCancellationRequested)
        {
            // The host stops.
        }

        await Task.WhenAll([.. _ending, EndAsync(jobs)]);
    }

    private static async Task EndAsync(QueueJobHost jobs)
    {
        await jobs.StopAsync();
        await jobs.DisposeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} could not be read; its listener begins anew.")]
        public static partial void BeginsAnew(ILogger logger, Exception exception, string queue);
    }
}
