using Azure.Storage.Queues.Models;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Writes slices of large exports from their messages.</summary>
public sealed class SlicesQueueTrigger(SliceProcessor processor)
{
    [Function("ProcessSlice")]
    public Task ProcessAsync([QueueTrigger(StorageNames.SliceQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        SliceMessage.TryParse(message.Body) is { } slice
            ? processor.ProcessAsync(slice, cancellationToken)
            : throw new InvalidDataException($"The message {message.MessageId} is not a slice of a known version.");
}
