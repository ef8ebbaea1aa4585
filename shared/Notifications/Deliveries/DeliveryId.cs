using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Ids of deliveries: a version 8 GUID (RFC 9562, 5.8) whose first 48 bits are the time of what happened, in milliseconds, and whose others are a hash of what happened and who hears of it.</summary>
internal static class DeliveryId
{
    public static Guid Of(NotificationEvent notificationEvent, string subject, string to, DateTimeOffset happenedAt)
    {
        var milliseconds = happenedAt.ToUnixTimeMilliseconds();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{notificationEvent.Name()}\n{subject}\n{to.ToLowerInvariant()}\n{milliseconds}")), hash);
        var id = hash[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, milliseconds);
        time[2..].CopyTo(id);
        return new Guid(id, bigEndian: true);
    }
}
