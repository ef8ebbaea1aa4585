using Azure.Storage.Queues.Models;
using ExportFunctions.Maintenance.Restores;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Maintenance;

/// <summary>Cleans up and restores files from messages, and gives up what failed too often.</summary>
public sealed class MaintenanceQueueTriggers(CleanupRuns runs, FileRestores restores, PoisonMessages poison)
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
    public Task GiveUpAsync([QueueTrigger(StorageNames.MaintenancePoisonQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        poison.TakeUpAsync(message, StorageNames.MaintenanceQueue, () => TryGiveUpAsync(message, cancellationToken), cancellationToken);

    private async Task<bool> TryGiveUpAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        switch (MaintenanceMessage.TryParse(message.Body))
        {
            case { Work: MaintenanceWork.Cleanup } cleanup:
                await runs.GiveUpAsync(cleanup.Id, cancellationToken);
                return true;
            case { Work: MaintenanceWork.Restore } restore:
                await restores.GiveUpAsync(restore.Id, "It failed too often; the log says why. Ask again later.", cancellationToken);
                return true;
            default:
                return false;
        }
    }
}
