using System.Net;

namespace ExportFunctions.Notifications.Webhooks.Addresses;

/// <summary>
/// Decides which network addresses the app may call on behalf of users: those of the public internet, and those of networks that the
/// operator allows. Follows IANA's special-purpose registries (RFC 6890); for IPv6 it is an allow list: only global unicast passes.
/// </summary>
/// <param name="allowed">The networks that are always allowed.</param>
public sealed class AddressRules(IReadOnlyList<IPNetwork> allowed)
{
    private static readonly (IPNetwork Network, string What)[] Refused =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "unspecified"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared by a provider (CGNAT)"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),

        // Azure's own services answer there on every machine: a public address that is not on the internet.
        (IPNetwork.Parse("168.63.129.16/32"), "the platform's own"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "reserved"),
        (IPNetwork.Parse("192.0.2.0/24"), "reserved for documents"),
        (IPNetwork.Parse("192.88.99.0/24"), "reserved"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "reserved for measurements"),
        (IPNetwork.Parse("198.51.100.0/24"), "reserved for documents"),
        (IPNetwork.Parse("203.0.113.0/24"), "reserved for documents"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),

        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("::/128"), "unspecified"),
        (IPNetwork.Parse("fc00::/7"), "private (ULA)"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "site-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),

        // Teredo, ORCHID, benchmarking: 2001::/23 holds no ordinary internet addresses.
        (IPNetwork.Parse("2001::/23"), "reserved"),
        (IPNetwork.Parse("2001:db8::/32"), "reserved for documents"),
        (IPNetwork.Parse("3fff::/20"), "reserved for documents"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address is in a network that the operator allows.</summary>
    /// <param name="address">The address.</param>
    public bool IsAllowed(IPAddress address)
    {
        var plain = EmbeddedAddress.Plain(address);
        return allowed.Any(network => network.Contains(plain));
    }

    /// <summary>Why an address must not be called; null when it may be.</summary>
    /// <param name="address">The address.</param>
    /// <returns>What kind of address it is, such as "loopback".</returns>
    public string? Refuse(IPAddress address)
    {
        var plain = EmbeddedAddress.Plain(address);
        if (IsAllowed(plain))
            return null;

        foreach (var (network, what) in Refused)
        {
            if (network.Contains(plain))
                return what;
        }

        // A gateway forwards the packet to the embedded IPv4 address, so check that one.
        if (EmbeddedAddress.Of(plain) is { } inside)
            return Refuse(inside);

        return plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(plain) ? "reserved" : null;
    }
}
