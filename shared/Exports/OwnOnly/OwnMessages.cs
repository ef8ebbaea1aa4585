using System.Threading.Channels;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Exports.OwnOnly;

/// <summary>
/// The queues of a host that runs only its own exports: messages never leave the process. Those of other hosts stay in the shared queues,
/// untouched, and no other host takes this one's.
/// </summary>
internal sealed class OwnMessages(TimeProvider time) : IExportQueue, ISliceQueue
{
    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>();
    private int _count;

    /// <summary>Every message as it becomes due, until the host stops.</summary>
    public IAsyncEnumerable<object> ReadAsync(CancellationToken cancellationToken) => _messages.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Counts a message as processed.</summary>
    public void Acknowledge() => Interlocked.Decrement(ref _count);

    public Task SendAsync(ExportMessage message, CancellationToken cancellationToken) => AddAsync(message, TimeSpan.Zero);

    public Task SendLaterAsync(ExportMessage message, TimeSpan delay, CancellationToken cancellationToken) => AddAsync(message, delay);

    public Task<int> CountAsync(CancellationToken cancellationToken) => Task.FromResult(Volatile.Read(ref _count));

    public Task<bool> HasVisibleAsync(CancellationToken cancellationToken) => Task.FromResult(Volatile.Read(ref _count) > 0);

    public Task SendAsync(SliceMessage message, CancellationToken cancellationToken) => AddAsync(message, TimeSpan.Zero);

    public Task SendLaterAsync(SliceMessage message, TimeSpan delay, CancellationToken cancellationToken) => AddAsync(message, delay);

    private Task AddAsync(object message, TimeSpan delay)
    {
        Interlocked.Increment(ref _count);
        if (delay > TimeSpan.Zero)
            _ = WriteLaterAsync(message, delay);
        else
            _messages.Writer.TryWrite(message);

        return Task.CompletedTask;
    }

    private async Task WriteLaterAsync(object message, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        _messages.Writer.TryWrite(message);
    }
}
