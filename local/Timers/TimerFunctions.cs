using Azure.Core;
using Azure.Storage.Blobs;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Queues;
using ExportFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Timers;

/// <summary>Runs timer functions, with one listener each.</summary>
internal static class TimerFunctions
{
    public static IServiceCollection AddTimerFunctions(
        this IServiceCollection services, IReadOnlyList<TimerFunction> functions, IConfiguration configuration)
    {
        foreach (var function in functions)
        {
            var schedule = TimerSchedule.Read(function, configuration);
            var connection = StorageConnection.Require(configuration, StorageConnection.HostStorage, function.Name);
            services.AddSingleton<IHostedService>(provider =>
            {
                var options = new BlobClientOptions();
                if (provider.GetService<StorageOutages>() is { } outages)
                    options.AddPolicy(outages.Policy, HttpPipelinePosition.PerRetry);
                var store = new TimerStore(new BlobContainerClient(connection, TimerStore.ContainerName, options));
                var call = provider.GetRequiredService<FunctionCall>();
                var fresh = provider.GetRequiredService<FreshWork>();
                var listener = new TimerListener(
                    function,
                    schedule,
                    store,
                    async (timer, cancellationToken) =>
                    {
                        await call.RunAsync(function, timer, cancellationToken);
                        fresh.Tell();
                    },
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILoggerFactory>().CreateLogger<TimerListener>());
                return new Ticking(listener, provider.GetRequiredService<Drain>());
            });
        }

        return services;
    }

    private sealed class Ticking(TimerListener listener, Drain drain) : IHostedService
    {
        private Task _run = Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _run = listener.RunAsync(drain.Stopping, drain.Canceled);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => _run.WaitAsync(cancellationToken);
    }
}
