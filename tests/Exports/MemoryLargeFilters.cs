using System.Collections.Concurrent;
using System.Globalization;
using ExportFunctions.Exports.Requests;

namespace ExportFunctions.Tests.Exports;

/// <summary>Large filters in memory.</summary>
internal sealed class MemoryLargeFilters : ILargeFilters
{
    private readonly ConcurrentDictionary<KeptFilter, byte[]> _kept = new();
    private int _names;

    public IEnumerable<KeptFilter> Kept => _kept.Keys;

    public Task<string> SetApartAsync(FilterOwner owner, string json, CancellationToken cancellationToken)
    {
        var name = Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture);
        var (recorded, filter) = SplitRequest.Split(json, name);
        if (filter is not null)
            _kept[new KeptFilter(owner, name)] = filter;
        return Task.FromResult(recorded);
    }

    public Task<string?> WholeAsync(FilterOwner owner, string recorded, CancellationToken cancellationToken)
    {
        if (SplitRequest.NameOf(recorded) is not { } name)
            return Task.FromResult<string?>(recorded);

        return Task.FromResult(_kept.TryGetValue(new KeptFilter(owner, name), out var filter) ? SplitRequest.Join(recorded, filter) : null);
    }

    public Task RemoveAsync(KeptFilter filter, CancellationToken cancellationToken)
    {
        _kept.TryRemove(filter, out _);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<KeptFilter> ListBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken) =>
        _kept.Keys.ToAsyncEnumerable();
}
