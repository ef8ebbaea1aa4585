using System.Buffers.Binary;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Running;

/// <summary>
/// Derives a job id from a schedule's due instant: always the same, so that no instant creates two jobs, and as unguessable as the
/// schedule's id.
/// </summary>
internal static class RunJobId
{
    public static Guid Of(Guid scheduleId, DateTimeOffset dueAt)
    {
        Span<byte> run = stackalloc byte[24];
        scheduleId.TryWriteBytes(run, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(run[16..], dueAt.UtcTicks);
        return DerivedId.Of(dueAt, run);
    }
}
