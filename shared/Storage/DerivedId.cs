using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ExportFunctions.Storage;

/// <summary>
/// Ids that derive from what they stand for, so that it never gets two. A version 8 GUID (RFC 9562, 5.8): the first 48 bits are an instant
/// in milliseconds, as in a version 7 GUID, so that it sorts among those; the others are a hash.
/// </summary>
internal static class DerivedId
{
    /// <summary>The id of what happens at an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="what">What tells it from everything else of that instant.</param>
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
