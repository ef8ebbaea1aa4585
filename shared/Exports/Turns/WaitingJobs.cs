using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Turns;

/// <summary>The waiting and running jobs, read at most twice a second however often they are requested.</summary>
public sealed class WaitingJobs(IExportJobStore jobs, TimeProvider time) : IDisposable
{
    /// <summary>How long a list is cached.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _reading = new(1);
    private IReadOnlyList<ActiveEntry> _entries = [];
    private long _readAt;
    private bool _isRead;

    /// <summary>The jobs, in no particular order.</summary>
    public async Task<IReadOnlyList<ActiveEntry>> ListAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_isRead && time.GetElapsedTime(_readAt) < Fresh)
                return _entries;

            var entries = new List<ActiveEntry>();
            await foreach (var entry in jobs.ListActiveAsync(cancellationToken))
                entries.Add(entry);
            (_entries, _readAt, _isRead) = (entries, time.GetTimestamp(), true);
            return entries;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();
}
