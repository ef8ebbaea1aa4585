using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>Runs queue functions: one job host for each, as each has instances of its own on Azure.</summary>
internal static partial class QueueFunctions
{
    public static IServiceCollection AddQueueFunctions(
        this IServiceCollection services, IReadOnlyList<QueueFunction> functions, QueueSettings settings, IConfiguration configuration)
    {
        services.AddSingleton<FreshWork>();
        foreach (var function in functions)
        {
            var connection = StorageConnection.Require(configuration, function.Connection, function.Name);
            var queue = SettingNames.Resolve(function.Queue, configuration, function.Name);
            if (!QueueName.IsMatch(queue))
                throw new StartFailedException(
                    $"The function '{function.Name}' has the queue '{queue}', which can't be one: 3 to 63 lower-case letters, digits and"
                        + " single hyphens between them.");

            services.AddSingleton<IHostedService>(provider => Listen(function, connection, queue, settings, provider));
        }

        return services;
    }

    private static QueueListening Listen(
        QueueFunction function, string connection, string queue, QueueSettings settings, IServiceProvider provider)
    {
        var call = provider.GetRequiredService<FunctionCall>();
        var drain = provider.GetRequiredService<Drain>();
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<QueueListening>();
        var processors = new MessageProcessor.Factory(drain, logger);
        var fresh = provider.GetRequiredService<FreshWork>();
        fresh.Add(processors.Wake);
        var service = new QueueServiceClient(connection).Uri;
        return new QueueListening(
            queue,
            fresh.First,
            () => new QueueJobHost(connection, queue, settings, processors, message => call.RunAsync(function, message, drain.Canceled)),
            exception => provider.GetService<StorageOutages>()?.Failed(service, exception),
            drain,
            provider.GetRequiredService<TimeProvider>(),
            logger);
    }

    // As the service requires, and WebJobs before it.
    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QueueName { get; }
}
