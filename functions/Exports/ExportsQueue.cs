using Azure.Storage.Queues.Models;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Turns;
using ExportFunctions.Monitoring.Telemetry;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Exports;

/// <summary>Runs exports from their messages, and takes up those whose messages failed too often.</summary>
public sealed partial class ExportsQueue(
    ExportTurns turns, StaleExports stale, ExportTelemetry telemetry, TimeProvider time, ILogger<ExportsQueue> logger)
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
    public async Task TakeUpPoisonAsync([QueueTrigger(StorageNames.ExportPoisonQueue)] QueueMessage message, CancellationToken cancellationToken)
    {
        if (ExportMessage.TryParse(message.Body) is { } export)
            await stale.TakeUpPoisonAsync(export, cancellationToken);
        else
            Log.Dropped(logger, message.MessageId);
    }

    /// <summary>Thrown, so that the message ends in the poison queue and is not lost without a trace.</summary>
    private static InvalidDataException Unreadable(QueueMessage message) => new($"The message {message.MessageId} is not an export message of a known version.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The poison message {MessageId} is not an export message; it is dropped.")]
        public static partial void Dropped(ILogger logger, string messageId);
    }
}
