using Azure.Storage.Queues.Models;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Turns;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Monitoring.Telemetry;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Runs exports from their messages, and takes up those whose messages failed too often.</summary>
public sealed class ExportsQueue(
    ExportTurns turns, StaleExports stale, PoisonMessages poison, ExportTelemetry telemetry, TimeProvider time)
{
    [Function("ProcessExport")]
    public async Task ProcessAsync([QueueTrigger(StorageNames.ExportQueue)] QueueMessage message, CancellationToken cancellationToken)
    {
        var export = ExportMessage.TryParse(message.Body) ?? throw Unreadable(message);
        using var activity = telemetry.StartProcessing(export);
        var waited = message.InsertedOn is { } inserted ? time.GetUtcNow() - inserted : TimeSpan.Zero;
        await turns.ProcessAsync(export, waited, cancellationToken);
    }

    [Function("TakeUpPoisonExport")]
    public Task TakeUpPoisonAsync([QueueTrigger(StorageNames.ExportPoisonQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        poison.TakeUpAsync(message, StorageNames.ExportQueue, () => TryTakeUpAsync(message, cancellationToken), cancellationToken);

    private async Task<bool> TryTakeUpAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        if (ExportMessage.TryParse(message.Body) is not { } export)
            return false;

        await stale.TakeUpPoisonAsync(export, cancellationToken);
        return true;
    }

    /// <summary>Thrown, so that the message ends in the poison queue and is not lost without a trace.</summary>
    private static InvalidDataException Unreadable(QueueMessage message) => new($"The message {message.MessageId} is not an export message of a known version.");
}
