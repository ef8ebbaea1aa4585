using System.Net;
using System.Net.Sockets;

namespace ExportFunctions.Notifications.Webhooks.Addresses;

/// <summary>
/// Connects only to checked addresses. The check applies to the very address that is connected to, so a name that resolves differently a
/// moment later gains nothing. No proxy is used, as it would resolve the name again, and no redirect is followed.
/// </summary>
public sealed class CheckedConnections(AddressRules rules, IHostResolver resolver)
{
    /// <summary>
    /// Creates a handler for calls to addresses given by users. Each call has its own connection: a server may close one between two calls
    /// without notice, as HTTP/1.0 servers do, and the next call on it would fail without anyone knowing whether it arrived.
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

    /// <summary>Checks the addresses of a host, and returns them.</summary>
    /// <param name="host">The host's name, or an address as text.</param>
    /// <param name="isSecure">Whether the call uses TLS. A call without it may go to allowed networks only.</param>
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
            // Connect to the addresses themselves: the name is not resolved again.
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
