using Azure.Storage.Queues.Models;
using ExportFunctions.Maintenance.Restores;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Maintenance;

/// <summary>Cleans up and restores files from messages.</summary>
public sealed class MaintenanceQueueTriggers(CleanupRuns runs, FileRestores restores)
{
    [Function("RunMaintenance")]
    public Task RunAsync([QueueTrigger(StorageNames.MaintenanceQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        MaintenanceMessage.TryParse(message.Body) switch
        {
            { Work: MaintenanceWork.Cleanup } cleanup => runs.ContinueAsync(cleanup.Id, cancellationToken),
            { Work: MaintenanceWork.Restore } restore => restores.ProcessAsync(restore.Id, cancellationToken),
            _ => throw new InvalidDataException($"The message {message.MessageId} is not a maintenance message of a known version."),
        };
}
