using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ExportFunctions.Schedules.Running;

/// <summary>
/// The id of the job that a schedule's due instant gives: always the same, so that no instant gives two. A version 8 GUID (RFC 9562, 5.8):
/// the first 48 bits are the instant in milliseconds, as in the ids of other jobs; the others are a hash, as unguessable as the schedule's id.
/// </summary>
internal static class RunJobId
{
    public static Guid Of(Guid scheduleId, DateTimeOffset dueAt)
    {
        Span<byte> input = stackalloc byte[24];
        scheduleId.TryWriteBytes(input, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(input[16..], dueAt.UtcTicks);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        var id = hash[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);

        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, dueAt.ToUnixTimeMilliseconds());
        milliseconds[2..].CopyTo(id);
        return new Guid(id, bigEndian: true);
    }
}
