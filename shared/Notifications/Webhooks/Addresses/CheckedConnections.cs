using System.Net;
using System.Net.Sockets;

namespace ExportFunctions.Notifications.Webhooks.Addresses;

/// <summary>
/// Connects to addresses that were checked. The check is on the very address that is connected to, so that a name which leads elsewhere a
/// moment later gains nothing. There is no proxy, which would resolve the name once more, and no redirect is followed.
/// </summary>
public sealed class CheckedConnections(AddressRules rules, IHostResolver resolver)
{
    /// <summary>
    /// Makes a handler for calls to addresses that others gave. Each call has a connection of its own: a server may close one between two
    /// calls without saying so, as those of HTTP/1.0 do, and the call that goes out on it fails, nobody knowing whether it arrived.
    /// </summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        ConnectCallback = ConnectAsync,
    };

    /// <summary>Checks the addresses of a host, and gives them.</summary>
    /// <param name="host">The host's name, or an address as text.</param>
    /// <param name="isSecure">Whether the call is over TLS. One that isn't goes to allowed networks only.</param>
    /// <exception cref="AddressRefusedException">One of them must not be called.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, bool isSecure, CancellationToken cancellationToken)
    {
        var addresses = await resolver.ResolveAsync(host, cancellationToken);
        foreach (var address in addresses)
        {
            if (rules.Refuse(address) is { } what)
                throw new AddressRefusedException(
                    $"The host leads to an address that is {what}. Such addresses are called only in networks that"
                        + " Notifications:AllowedNetworks names.");
            if (!isSecure && !rules.IsAllowed(address))
                throw new AddressRefusedException(
                    "Without TLS only networks are called that Notifications:AllowedNetworks names. Use https.");
        }

        return addresses;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isSecure = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, isSecure, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // The addresses themselves: the name is not looked up again.
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
