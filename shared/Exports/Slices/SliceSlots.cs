using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>Limits how many slices a host writes at a time.</summary>
internal sealed class SliceSlots(IOptions<ExportOptions> options) : IDisposable
{
    // One message may wait here for the current slice to end, so that there is always a next one.
    private const int MaxWaiting = 1;

    private readonly SemaphoreSlim _free = new(options.Value.EffectiveSlicesPerHost);
    private int _waiting;

    /// <summary>Takes a slot, now or, if no one else is waiting, as soon as one is free.</summary>
    /// <returns>False when another caller is already waiting.</returns>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (_free.Wait(TimeSpan.Zero, cancellationToken))
            return true;

        try
        {
            // A waiting message holds nothing: a worker that is free sooner may take its slice.
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
                return false;

            await _free.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Takes a slot, however long it takes.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    /// <summary>Releases a slot.</summary>
    public void Release() => _free.Release();

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
