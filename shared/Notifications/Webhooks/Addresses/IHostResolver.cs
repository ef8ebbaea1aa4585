using System.Net;

namespace ExportFunctions.Notifications.Webhooks.Addresses;

/// <summary>Finds the addresses of a host. The seam to DNS.</summary>
public interface IHostResolver
{
    /// <summary>Finds the addresses.</summary>
    /// <param name="host">The host's name, or an address as text.</param>
    /// <exception cref="System.Net.Sockets.SocketException">There is no such host, or DNS does not answer.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>The machine's own resolver.</summary>
internal sealed class HostResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
