using Azure.Storage.Queues.Models;
using ExportFunctions.Maintenance.Restores;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Maintenance;

/// <summary>Cleans up and restores files from messages, and gives up what failed too often.</summary>
public sealed partial class MaintenanceQueueTriggers(CleanupRuns runs, FileRestores restores, ILogger<MaintenanceQueueTriggers> logger)
{
    [Function("RunMaintenance")]
    public Task RunAsync([QueueTrigger(StorageNames.MaintenanceQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        MaintenanceMessage.TryParse(message.Body) switch
        {
            { Work: MaintenanceWork.Cleanup } cleanup => runs.ContinueAsync(cleanup.Id, cancellationToken),
            { Work: MaintenanceWork.Restore } restore => restores.ProcessAsync(restore.Id, cancellationToken),
            _ => throw new InvalidDataException($"The message {message.MessageId} is not a maintenance message of a known version."),
        };

    [Function("GiveUpMaintenance")]
    public Task GiveUpAsync([QueueTrigger(StorageNames.MaintenancePoisonQueue)] QueueMessage message, CancellationToken cancellationToken)
    {
        switch (MaintenanceMessage.TryParse(message.Body))
        {
            case { Work: MaintenanceWork.Cleanup } cleanup:
                return runs.GiveUpAsync(cleanup.Id, cancellationToken);
            case { Work: MaintenanceWork.Restore } restore:
                return restores.GiveUpAsync(restore.Id, "It failed too often; the log says why. Ask again later.", cancellationToken);
            default:
                Log.Dropped(logger, message.MessageId);
                return Task.CompletedTask;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The poison message {MessageId} is not a maintenance message; it is dropped.")]
        public static partial void Dropped(ILogger logger, string messageId);
    }
}
