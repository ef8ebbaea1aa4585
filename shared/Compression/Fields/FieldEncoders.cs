using System.Collections.Concurrent;

namespace ExportFunctions.Compression.Fields;

/// <summary>The encoders of a stream: one for each chunk in flight.</summary>
/// <param name="shape">The shape of the rows.</param>
internal sealed class FieldEncoders(FieldShape shape) : IDisposable
{
    private readonly ConcurrentBag<FieldEncoder> _free = [];

    /// <summary>An encoder for one chunk.</summary>
    public FieldEncoder Rent() => _free.TryTake(out var encoder) ? encoder : new FieldEncoder(shape);

    /// <summary>Takes an encoder back.</summary>
    /// <param name="encoder">The encoder, whose result is no longer needed.</param>
    public void Return(FieldEncoder encoder) => _free.Add(encoder);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_free.TryTake(out var encoder))
            encoder.Dispose();
    }
}
