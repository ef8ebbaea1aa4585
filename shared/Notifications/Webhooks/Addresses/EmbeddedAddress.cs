using System.Net;
using System.Net.Sockets;

namespace ExportFunctions.Notifications.Webhooks.Addresses;

/// <summary>IPv4 addresses written as IPv6 ones or embedded in them.</summary>
internal static class EmbeddedAddress
{
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>The address without its zone; a mapped one (<c>::ffff:10.0.0.1</c>) becomes the IPv4 address it is.</summary>
    public static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        return address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(
            address.GetAddressBytes()) : address;
    }

    /// <summary>
    /// The IPv4 address that a packet to this address ends up at: NAT64 (RFC 6052), 6to4 (RFC 3056), ISATAP (RFC 5214). Null when there is
    /// none.
    /// </summary>
    public static IPAddress? Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address))
            return new IPAddress(bytes.AsSpan(12, 4));
        if (SixToFour.Contains(address))
            return new IPAddress(bytes.AsSpan(2, 4));

        return (
            bytes[8] & ~0x02) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE ? new IPAddress(bytes.AsSpan(12, 4)) : null;
    }
}
