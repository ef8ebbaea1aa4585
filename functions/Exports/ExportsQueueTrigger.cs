using Azure.Storage.Queues.Models;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Turns;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Runs exports from their messages.</summary>
public sealed class ExportsQueueTrigger(ExportTurns turns, TimeProvider time)
{
    [Function("ProcessExport")]
    public async Task ProcessAsync([QueueTrigger(StorageNames.ExportQueue)] QueueMessage message, CancellationToken cancellationToken)
    {
        var export = ExportMessage.TryParse(message.Body) ?? throw Unreadable(message);
        using var activity = ExportActivities.StartProcessing(export);
        var waited = message.InsertedOn is { } inserted ? time.GetUtcNow() - inserted : TimeSpan.Zero;
        await turns.ProcessAsync(export, waited, cancellationToken);
    }

    /// <summary>Thrown so that the message is moved to the poison queue instead of disappearing without a trace.</summary>
    private static InvalidDataException Unreadable(QueueMessage message) =>
        new($"The message {message.MessageId} is not an export message of a known version.");
}
