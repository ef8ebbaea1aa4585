using System.Collections.Concurrent;
using ExportFunctions.Exports.Attempts;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Keeps room for small exports on this host: of those that run at a time, so many may be large. One whose records aren't counted yet may
/// be large.
/// </summary>
/// <param name="options">How many, and from how many records on.</param>
internal sealed class LargeExports(IOptions<ExportOptions> options)
{
    private readonly ConcurrentDictionary<JobLease, bool> _running = new();

    /// <summary>Whether as many run as may.</summary>
    public bool IsFull =>
        _running.Keys.Count(lease => lease.RowsExpected is not { } rows || rows > options.Value.LargeRows) >= options.Value.MaxLargeAtATime;

    /// <summary>Notes a run.</summary>
    public void Enter(JobLease lease) => _running[lease] = true;

    /// <summary>Forgets a run that is over.</summary>
    public void Leave(JobLease lease) => _running.TryRemove(lease, out _);
}
