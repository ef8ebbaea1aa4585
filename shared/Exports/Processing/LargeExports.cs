using System.Collections.Concurrent;
using ExportFunctions.Exports.Attempts;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Keeps room for small exports on this host by limiting how many of its concurrent runs may be large. A run whose records aren't counted
/// yet is treated as large.
/// </summary>
/// <param name="options">The limit, and the record count from which an export is large.</param>
internal sealed class LargeExports(IOptions<ExportOptions> options)
{
    private readonly ConcurrentDictionary<JobLease, bool> _running = new();

    /// <summary>Whether the limit is reached.</summary>
    public bool IsFull =>
        _running.Keys.Count(lease => lease.RowsExpected is not { } rows || rows > options.Value.LargeRows) >= options.Value.MaxLargeAtATime;

    /// <summary>Adds a run.</summary>
    public void Enter(JobLease lease) => _running[lease] = true;

    /// <summary>Removes a finished run.</summary>
    public void Leave(JobLease lease) => _running.TryRemove(lease, out _);
}
