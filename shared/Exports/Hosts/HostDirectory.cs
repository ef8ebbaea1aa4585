using System.Collections.Concurrent;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Hosts;

/// <summary>Knows which hosts are alive and what they serve, as of a moment ago.</summary>
internal sealed class HostDirectory(IHostStore store, TimeProvider time)
{
    /// <summary>How long a host counts as alive after it was last seen.</summary>
    public static readonly TimeSpan Alive = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, ServedDatasets> _served = new(StringComparer.Ordinal);

    private readonly SharedResult<HostList> _list = new(time, MaxAge, () => store.ListAsync(CancellationToken.None));

    /// <summary>The hosts that are alive.</summary>
    public async Task<IReadOnlyList<HostRegistration>> LivingAsync(CancellationToken cancellationToken)
    {
        var list = await _list.GetAsync(cancellationToken);
        return [.. list.Registrations.Where(host => IsAlive(host, list.Now))];
    }

    /// <summary>The hosts that may read what was validated against a dataset.</summary>
    public async Task<Readers> FindReadersAsync(DatasetIdentity identity, CancellationToken cancellationToken)
    {
        var list = await _list.GetAsync(cancellationToken);
        var readers = new Readers(HasSame: false, HasAny: false, GoneFor: null);
        foreach (var host in list.Registrations)
        {
            var served = await ServedByAsync(host, cancellationToken);
            if (!served.MayRead(identity, host.File))
                continue;

            if (IsAlive(host, list.Now))
                readers = readers with { HasAny = true, HasSame = readers.HasSame || served.Contains(identity) };
            else if (list.Now - host.SeenAt is var gone && !(gone > readers.GoneFor))
                readers = readers with { GoneFor = gone };
        }

        return readers;
    }

    /// <summary>What a host serves.</summary>
    public async Task<ServedDatasets> ServedByAsync(HostRegistration host, CancellationToken cancellationToken)
    {
        if (_served.TryGetValue(host.Catalog, out var known))
            return known;

        var served = await store.FindServedAsync(host.Id, cancellationToken);

        // Cached by the hash of its content: don't cache when the record was removed in between.
        if (string.Equals(served.Hash, host.Catalog, StringComparison.Ordinal))
            _served[host.Catalog] = served;
        return served;
    }

    /// <summary>Discards the cached list; the next call reads it again.</summary>
    public void Invalidate() => _list.Invalidate();

    private static bool IsAlive(HostRegistration host, DateTimeOffset now) => !host.HasStopped && host.SeenAt > now - Alive;
}

/// <summary>The hosts that may read what was validated against a dataset.</summary>
/// <param name="HasSame">Whether a live host has the same definition.</param>
/// <param name="HasAny">Whether a live host reads the same source.</param>
/// <param name="GoneFor">How long ago the last such host was seen that is no longer alive; null when there was none recently.</param>
internal sealed record Readers(bool HasSame, bool HasAny, TimeSpan? GoneFor);
