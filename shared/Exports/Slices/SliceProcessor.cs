using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>Writes one slice from its message, or for the worker that holds the export.</summary>
public sealed class SliceProcessor
{
    // The delay before a released slice's message is sent again, perhaps to an idle host.
    private static readonly TimeSpan GivenBackFor = TimeSpan.FromSeconds(1);

    private readonly SliceSlots _slots;
    private readonly ISliceStore _slices;
    private readonly SliceRun _runs;
    private readonly IOptions<ExportOptions> _options;
    private readonly TimeProvider _time;

    internal SliceProcessor(SliceSlots slots, ISliceStore slices, SliceRun runs, IOptions<ExportOptions> options, TimeProvider time)
    {
        _slots = slots;
        _slices = slices;
        _runs = runs;
        _options = options;
        _time = time;
    }

    /// <summary>Processes a message. Returning acknowledges it; throwing returns it to the queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The host's shutdown, or its function timeout.</param>
    /// <exception cref="OperationCanceledException">The host is shutting down; the slice waits for another worker.</exception>
    public async Task ProcessAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        if (await _slots.TryTakeAsync(cancellationToken))
            await ProcessInSlotAsync(message, begun, cancellationToken);
        else
            await ReleaseAsync(message, cancellationToken);
    }

    /// <summary>Processes a slice for the worker that holds its export and has nothing else to do.</summary>
    /// <param name="message">The slice.</param>
    /// <param name="begun">When the run it is part of began: the slice shares the run's time limit.</param>
    internal async Task ProcessOwnAsync(SliceMessage message, long begun, CancellationToken cancellationToken)
    {
        await _slots.TakeAsync(cancellationToken);
        await ProcessInSlotAsync(message, begun, cancellationToken);
    }

    private async Task ProcessInSlotAsync(SliceMessage message, long begun, CancellationToken cancellationToken)
    {
        try
        {
            // A run that has spent all its time waiting has none left for writing.
            if (_time.GetElapsedTime(begun) > _options.Value.RunTime)
                await ReleaseAsync(message, cancellationToken);
            else
                await _runs.RunAsync(message, begun, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task ReleaseAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (await _slices.FindAsync(message, cancellationToken) is { } found && found.IsFree(now))
            await _slices.TryUpdateAsync(found with { SentAt = null, RetryAt = now + GivenBackFor }, cancellationToken);
    }
}
