using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>The slices that a host writes at a time.</summary>
internal sealed class SliceSlots(IOptions<ExportOptions> options) : IDisposable
{
    // One message may wait here for the present slice's end, so that there is always a next one.
    private const int MaxWaiting = 1;

    private readonly SemaphoreSlim _free = new(options.Value.EffectiveSlicesPerHost);
    private int _waiting;

    /// <summary>Takes a slot, now or, where nobody else waits, as soon as one is free.</summary>
    /// <returns>False when somebody waits already.</returns>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (_free.Wait(TimeSpan.Zero, cancellationToken))
            return true;

        try
        {
            // A message that waits holds nothing: whoever is free sooner may take its slice.
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

    /// <summary>Takes a slot, however long that takes.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    /// <summary>Gives a slot back.</summary>
    public void Release() => _free.Release();

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
