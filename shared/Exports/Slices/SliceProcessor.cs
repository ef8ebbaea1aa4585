using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>Writes one slice from its message, or for the worker that holds the export.</summary>
public sealed class SliceProcessor
{
    // Until a slice that was given back is sent again, perhaps to a host with nothing to do.
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
    /// <param name="cancellationToken">The host's shutdown, or its limit on a function's time.</param>
    /// <exception cref="OperationCanceledException">The host is stopping; the slice waits for another worker.</exception>
    public async Task ProcessAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        if (await _slots.TryTakeAsync(cancellationToken))
            await ProcessInSlotAsync(message, begun, cancellationToken);
        else
            await ReleaseAsync(message, cancellationToken);
    }

    /// <summary>Processes a slice for the worker that holds its export, and that has nothing else to do.</summary>
    /// <param name="message">Which slice.</param>
    /// <param name="begun">When the run began that it is part of: the run's time is the slice's as well.</param>
    internal async Task ProcessOwnAsync(SliceMessage message, long begun, CancellationToken cancellationToken)
    {
        await _slots.TakeAsync(cancellationToken);
        await ProcessInSlotAsync(message, begun, cancellationToken);
    }

    private async Task ProcessInSlotAsync(SliceMessage message, long begun, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever has waited for all of a run's time has none left to write in.
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
