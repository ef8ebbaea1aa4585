using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ExportFunctions.Storage;

/// <summary>
/// Ids derived from what they identify, so that nothing gets two ids. A version 8 GUID (RFC 9562, 5.8): the first 48 bits are an instant in
/// milliseconds, as in a version 7 GUID, so that both sort together; the rest is a hash.
/// </summary>
internal static class DerivedId
{
    /// <summary>The id of an event at an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="what">Distinguishes it from everything else at that instant.</param>
    public static Guid Of(DateTimeOffset instant, ReadOnlySpan<byte> what)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(what, hash);
        var id = hash[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);

        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, instant.ToUnixTimeMilliseconds());
        milliseconds[2..].CopyTo(id);
        return new Guid(id, bigEndian: true);
    }
}
