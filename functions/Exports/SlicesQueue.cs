using Azure.Storage.Queues.Models;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Exports;

/// <summary>Writes slices of large exports from their messages.</summary>
public sealed partial class SlicesQueue(SliceProcessor processor, PoisonMessages poison, ILogger<SlicesQueue> logger)
{
    [Function("ProcessSlice")]
    public Task ProcessAsync([QueueTrigger(StorageNames.SliceQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        SliceMessage.TryParse(message.Body) is { } slice
            ? processor.ProcessAsync(slice, cancellationToken)
            : throw new InvalidDataException($"The message {message.MessageId} is not a slice of a known version.");

    // Nothing is lost with it: the worker that holds the export writes what nobody takes.
    [Function("DropPoisonSlice")]
    public Task DropAsync([QueueTrigger(StorageNames.SlicePoisonQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        poison.TakeUpAsync(message, StorageNames.SliceQueue, () => Task.FromResult(TryDrop(message)), cancellationToken);

    private bool TryDrop(QueueMessage message)
    {
        if (SliceMessage.TryParse(message.Body) is null)
            return false;

        Log.Dropped(logger, message.MessageId);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The message {MessageId} of a slice was delivered too often; it is dropped, and its slice is written by the worker that holds the export.")]
        public static partial void Dropped(ILogger logger, string messageId);
    }
}
