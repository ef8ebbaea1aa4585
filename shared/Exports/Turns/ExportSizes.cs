using System.Collections.Concurrent;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Turns;

/// <summary>
/// Classifies exports as large or small before they run, by counting their records as far as needed. Requests that read the same records
/// are counted once in a while; those that can't be counted in time are treated as large.
/// </summary>
internal sealed class ExportSizes(JobRequestReader requests, IRowSource source, IOptions<ExportOptions> options, TimeProvider time)
{
    private const int MaxKept = 10_000;

    private static readonly TimeSpan CountTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (bool IsLarge, long At)> _counted = new(StringComparer.Ordinal);

    /// <summary>Whether a job is large, if known; null when it wasn't counted recently.</summary>
    public bool? IsLarge(string sizeKey) =>
        _counted.TryGetValue(sizeKey, out var counted) && time.GetElapsedTime(counted.At) < Kept ? counted.IsLarge : null;

    /// <summary>Counts a job's records.</summary>
    /// <param name="job">A job that this host may run.</param>
    /// <param name="sizeKey">The key under which the result is cached.</param>
    public async Task<bool> CountAsync(ExportJob job, string sizeKey, CancellationToken cancellationToken)
    {
        var isLarge = await CountAsync(job, cancellationToken);
        if (_counted.Count >= MaxKept)
            _counted.Clear();
        _counted[sizeKey] = (isLarge, time.GetTimestamp());
        return isLarge;
    }

    private async Task<bool> CountAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var max = options.Value.LargeRows;
        using var limit = new CancellationTokenSource(CountTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var request = await requests.OfAsync(job, either.Token);
            var rows = request.Rows with { Limit = Math.Min(request.Rows.Limit ?? long.MaxValue, max + 1) };
            await using var reader = await source.OpenAsync(rows, either.Token).WaitAsync(either.Token);
            return reader.RowsExpected > max;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return true;
        }
        catch (ExportFailureException)
        {
            // Its own attempt reports why it can't be run.
            return false;
        }
    }
}
