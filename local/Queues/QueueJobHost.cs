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
/// WebJobs' job host, as Azure's own host has it, for one queue: polls, hides messages while their function runs, and poisons.
/// </summary>
internal sealed class QueueJobHost : IAsyncDisposable
{
    private readonly IHost _services;
    private readonly IJobHost _jobs;
    private readonly Faults _faults = new();
    private bool _isStarted;

    /// <summary>Makes the job host.</summary>
    /// <param name="connection">The storage account.</param>
    /// <param name="queue">The queue's name.</param>
    /// <param name="settings">host.json's queue settings.</param>
    /// <param name="processors">Ends messages.</param>
    /// <param name="run">Runs the function.</param>
    public QueueJobHost(
        string connection, string queue, QueueSettings settings, IQueueProcessorFactory processors, Func<QueueMessage, Task> run)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection([new("AzureWebJobsStorage", connection), new(QueueTarget.QueueSetting, queue)]);
        // It logs each call as well as each failure; what is to be said is said by the processor, in the app's own log.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        // Nor are the storage clients' events listened to, which would be formatted for nobody.
        builder.Services.AddSingleton(new AzureEventSourceLogForwarder(null!));
        builder.Services.AddSingleton<IWebJobsExceptionHandler>(_faults);
        builder.Services.AddSingleton<ITypeLocator, QueueTarget.Locator>();
        builder.Services.AddSingleton(processors);
        builder.Services.AddSingleton(run);
        builder.Services.AddWebJobs(static _ => { }).AddAzureStorageQueues(settings.Apply);
        builder.Services.Configure<FunctionResultAggregatorOptions>(static options => options.IsEnabled = false);

        // Never started itself: what it would start are the services of scaling and of locks, which nothing here needs.
        _services = builder.Build();
        _jobs = _services.Services.GetRequiredService<IJobHost>();
    }

    /// <summary>Ends when the listener has: Azure's host begins anew then, and so must this one.</summary>
    public Task<Exception> Fault => _faults.First;

    /// <summary>Begins to listen. Storage is asked for nothing yet.</summary>
    public async Task StartAsync()
    {
        await _jobs.StartAsync(CancellationToken.None);
        _isStarted = true;
    }

    /// <summary>Takes nothing new, waits for the functions that still run, and frees what it has.</summary>
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
