using System.Collections.Concurrent;
using ExportFunctions.Datasets;
using ExportFunctions.Exports.Hosts;

namespace ExportFunctions.Tests.Exports.Hosts;

/// <summary>Hosts in memory.</summary>
internal sealed class MemoryHostStore(TimeProvider time) : IHostStore
{
    public ConcurrentDictionary<string, (HostRegistration Host, ServedDatasets Served)> Hosts { get; } = new(StringComparer.Ordinal);

    /// <summary>Puts a host that serves a catalog, as seen now.</summary>
    public Task PutAsync(string host, DatasetCatalog catalog, bool hasStopped = false)
    {
        var served = ServedDatasets.Of(catalog);
        var registration =
            new HostRegistration { Id = host, Host = host, File = catalog.File, Catalog = served.Hash, HasStopped = hasStopped };
        return PutAsync(registration, served, CancellationToken.None);
    }

    public Task PutAsync(HostRegistration host, ServedDatasets served, CancellationToken cancellationToken)
    {
        Hosts[host.Id] = (host with { SeenAt = time.GetUtcNow() }, served);
        return Task.CompletedTask;
    }

    public Task<HostList> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new HostList([.. Hosts.Values.Select(host => host.Host)], time.GetUtcNow()));

    public Task<ServedDatasets> FindServedAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(Hosts.TryGetValue(id, out var host) ? host.Served : ServedDatasets.Parse(""));
}
