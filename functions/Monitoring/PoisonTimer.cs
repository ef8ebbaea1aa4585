using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Maintenance.Restores;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>
/// Processes the poison messages. It is a timer rather than a queue trigger because a trigger on a poison queue would retry forever what it
/// can't decode or what fails again.
/// </summary>
public sealed partial class PoisonTimer
{
    private readonly PoisonMessages _poison;
    private readonly StaleExports _stale;
    private readonly CleanupRuns _runs;
    private readonly FileRestores _restores;
    private readonly DeliverySending _sending;
    private readonly ILogger<PoisonTimer> _logger;
    private readonly Dictionary<string, Func<BinaryData, CancellationToken, Task<bool>>> _queues;

    public PoisonTimer(
        PoisonMessages poison,
        StaleExports stale,
        CleanupRuns runs,
        FileRestores restores,
        DeliverySending sending,
        ILogger<PoisonTimer> logger)
    {
        _poison = poison;
        _stale = stale;
        _runs = runs;
        _restores = restores;
        _sending = sending;
        _logger = logger;
        _queues = new(StringComparer.Ordinal)
        {
            [StorageNames.ExportQueue] = TakeUpExportAsync,
            [StorageNames.SliceQueue] = DropSliceAsync,
            [StorageNames.MaintenanceQueue] = GiveUpMaintenanceAsync,
            [StorageNames.NotificationQueue] = GiveUpDeliveryAsync,
            [StorageNames.WebhookQueue] = GiveUpDeliveryAsync,
        };
    }

    [Function("TakeUpPoison")]
    public Task TakeUpAsync([TimerTrigger("%EXPORTS_REQUEUE_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken) =>
        _poison.SweepAsync(_queues, cancellationToken);

    private async Task<bool> TakeUpExportAsync(BinaryData body, CancellationToken cancellationToken)
    {
        if (ExportMessage.TryParse(body) is not { } export)
            return false;

        await _stale.TakeUpPoisonAsync(export, cancellationToken);
        return true;
    }

    // Nothing is lost with it: the worker that holds the export writes the slices no one else takes.
    private Task<bool> DropSliceAsync(BinaryData body, CancellationToken cancellationToken)
    {
        if (SliceMessage.TryParse(body) is not { } slice)
            return Task.FromResult(false);

        Log.SliceDropped(_logger, slice.Number, slice.JobId);
        return Task.FromResult(true);
    }

    private async Task<bool> GiveUpMaintenanceAsync(BinaryData body, CancellationToken cancellationToken)
    {
        switch (MaintenanceMessage.TryParse(body))
        {
            case { Work: MaintenanceWork.Cleanup } cleanup:
                await _runs.GiveUpAsync(cleanup.Id, cancellationToken);
                return true;
            case { Work: MaintenanceWork.Restore } restore:
                await _restores.GiveUpAsync(restore.Id, "It failed too often; the log says why. Ask again later.", cancellationToken);
                return true;
            default:
                return false;
        }
    }

    private async Task<bool> GiveUpDeliveryAsync(BinaryData body, CancellationToken cancellationToken)
    {
        if (DeliveryMessage.TryParse(body) is not { } delivery)
            return false;

        await _sending.GiveUpAsync(delivery, cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "The message of slice {Number} of export {ExportId} was delivered too often; it is dropped, and the worker that holds the "
                + "export writes the slice.")]
        public static partial void SliceDropped(ILogger logger, int number, Guid exportId);
    }
}
