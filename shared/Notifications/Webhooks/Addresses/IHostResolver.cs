using System.Net;

namespace ExportFunctions.Notifications.Webhooks.Addresses;

/// <summary>Resolves host names. The seam to DNS.</summary>
public interface IHostResolver
{
    /// <summary>Resolves a host to its addresses.</summary>
    /// <param name="host">The host's name, or an address as text.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The host does not exist, or DNS does not respond.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>The machine's own resolver.</summary>
internal sealed class HostResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
