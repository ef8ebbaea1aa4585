using System.Globalization;

namespace ExportFunctions.Storage;

/// <summary>
/// The key of a job in its table. Partition and row derive from the id alone, whose first 48 bits are its time in milliseconds, and both
/// are inverted so that the table's ascending order is newest first. A partition is a UTC day: lists stay cheap and no partition grows
/// forever.
/// </summary>
/// <param name="Partition">The inverted day.</param>
/// <param name="Row">The inverted id, 32 hexadecimal digits.</param>
internal readonly record struct NewestFirstKey(string Partition, string Row)
{
    private const int LastDay = 9_999_999;

    public static NewestFirstKey Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)~bytes[i];

        return new NewestFirstKey(PartitionOf(TimeOf(id)), Convert.ToHexStringLower(bytes));
    }

    /// <summary>The id of a row key.</summary>
    public static Guid IdOf(string row)
    {
        var bytes = Convert.FromHexString(row);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)~bytes[i];

        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The time in an id, in whole milliseconds.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        for (var i = 0; i < 6; i++)
            milliseconds = (milliseconds << 8) | bytes[i];

        var last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, last));
    }

    /// <summary>The smallest key of the jobs older than an instant.</summary>
    public static NewestFirstKey Before(DateTimeOffset instant) => Of(Edge(instant.ToUnixTimeMilliseconds() - 1, 0xFF));

    /// <summary>The largest key of the jobs of an instant or newer.</summary>
    public static NewestFirstKey Since(DateTimeOffset instant) => Of(Edge(instant.ToUnixTimeMilliseconds(), 0x00));

    private static Guid Edge(long milliseconds, byte rest)
    {
        milliseconds = Math.Max(milliseconds, 0);
        Span<byte> bytes = stackalloc byte[16];
        bytes.Fill(rest);
        for (var i = 5; i >= 0; i--)
        {
            bytes[i] = (byte)milliseconds;
            milliseconds >>= 8;
        }

        return new Guid(bytes, bigEndian: true);
    }

    private static string PartitionOf(DateTimeOffset time) =>
        (LastDay - (time.UtcDateTime.Ticks / TimeSpan.TicksPerDay)).ToString("D7", CultureInfo.InvariantCulture);
}
