using System.Runtime.ExceptionServices;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host.Queues;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Azure.WebJobs.Logging;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Local.Queues;

/// <summary>
/// WebJobs' job host for one queue, as Azure's own host uses it: polls, hides messages while their function runs, and moves poison
/// messages.
/// </summary>
internal sealed class QueueJobHost : IAsyncDisposable
{
    private readonly IHost _services;
    private readonly IJobHost _jobs;
    private readonly Faults _faults = new();
    private bool _isStarted;

    /// <summary>Creates the job host.</summary>
    /// <param name="connection">The storage account.</param>
    /// <param name="queue">The queue's name.</param>
    /// <param name="settings">host.json's queue settings.</param>
    /// <param name="processors">Completes messages.</param>
    /// <param name="run">Runs the function.</param>
    public QueueJobHost(
        string connection, string queue, QueueSettings settings, IQueueProcessorFactory processors, Func<QueueMessage, Task> run)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection([new("AzureWebJobsStorage", connection), new(QueueTarget.QueueSetting, queue)]);
        // It logs each call as well as each failure; the processor logs what matters, in the app's own log.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        // Don't listen to the storage clients' events either: they would be formatted for no reader.
        builder.Services.AddSingleton(new AzureEventSourceLogForwarder(null!));
        builder.Services.AddSingleton<IWebJobsExceptionHandler>(_faults);
        builder.Services.AddSingleton<ITypeLocator, QueueTarget.Locator>();
        builder.Services.AddSingleton(processors);
        builder.Services.AddSingleton(run);
        builder.Services.AddWebJobs(static _ => { }).AddAzureStorageQueues(settings.Apply);
        builder.Services.Configure<FunctionResultAggregatorOptions>(static options => options.IsEnabled = false);

        // Never started itself: that would start services for scaling and locks, which are not needed here.
        _services = builder.Build();
        _jobs = _services.Services.GetRequiredService<IJobHost>();
    }

    /// <summary>Completes when the listener has ended: Azure's host restarts then, and so must this one.</summary>
    public Task<Exception> Fault => _faults.First;

    /// <summary>Starts listening. No storage call is made yet.</summary>
    public async Task StartAsync()
    {
        await _jobs.StartAsync(CancellationToken.None);
        _isStarted = true;
    }

    /// <summary>Accepts no new messages, waits for running functions, and releases its resources.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
            await _jobs.StopAsync();
        (_jobs as IDisposable)?.Dispose();
        await ((IAsyncDisposable)_services).DisposeAsync();
    }

    private sealed class Faults : IWebJobsExceptionHandler
    {
        private readonly TaskCompletionSource<Exception> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception> First => _first.Task;

        public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) =>
            OnUnhandledExceptionAsync(exceptionInfo);

        public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
        {
            _first.TrySetResult(exceptionInfo.SourceException);
            return Task.CompletedTask;
        }
    }
}
